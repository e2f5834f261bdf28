"""The seven roles, their flags and what they open in the content editor."""

from collections.abc import Callable

import pytest
from django.apps import apps
from django.contrib.auth.models import Group, Permission
from django.core import mail
from django.test import Client
from wagtail.documents.models import Document
from wagtail.documents.permissions import permission_policy as documents
from wagtail.images.models import Image
from wagtail.images.permissions import permission_policy as images
from wagtail.models import Collection

from accounts import roles
from accounts.models import AuditEntry, Institution, User
from accounts.roles import EDITORS, STAFF, Role

pytestmark = pytest.mark.database

EVERY_ROLE = [pytest.param(role, id=role.value) for role in Role]


def fresh(person: User) -> User:
    """Return the person as read anew: Django keeps permissions with the object."""
    return User.objects.get(pk=person.pk)


def test_the_seven_roles_are_there_and_no_other(db: None) -> None:
    assert set(Group.objects.values_list("name", flat=True)) == set(Role.values)


@pytest.mark.parametrize("role", EVERY_ROLE)
def test_flags_agree_with_what_wagtail_and_the_staff_area_ask(make_person: Callable, role: Role) -> None:
    person = fresh(make_person("someone@example.org", role))
    assert person.is_staff is person.has_perm(roles.OPEN_EDITOR) is (role in EDITORS)
    assert person.is_programme_staff is (role in STAFF)
    roles.withdraw(person=person, role=role, actor=None)
    person = fresh(person)
    assert (person.is_staff, person.is_programme_staff) == (False, False)
    assert not person.has_perm(roles.OPEN_EDITOR)


@pytest.mark.parametrize("role", EVERY_ROLE)
def test_only_roles_with_the_right_open_the_editor(
    make_person: Callable, browse: Callable, role: Role
) -> None:
    client = browse(make_person("someone@example.org", role))
    assert (client.get("/cms/").status_code == 200) is (role in EDITORS)


@pytest.mark.parametrize("role", EVERY_ROLE)
def test_only_administrators_see_people_in_the_editor(
    make_person: Callable, browse: Callable, role: Role
) -> None:
    client = browse(make_person("someone@example.org", role))
    answer = client.get("/cms/users/")
    assert (answer.status_code == 200) is (role == Role.ADMINISTRATOR)


@pytest.mark.parametrize(
    ("role", "may_add", "may_keep"),
    [
        (Role.TRAINER, True, False),
        (Role.ADMINISTRATOR, True, True),
        (Role.TRANSLATOR, False, False),
        (Role.LEGAL_REVIEWER, False, False),
        (Role.PROGRAMME_STAFF, False, False),
    ],
)
def test_images_and_documents_are_kept_by_trainers_and_administrators(
    make_person: Callable, role: Role, may_add: bool, may_keep: bool
) -> None:
    person = fresh(make_person("someone@example.org", role))
    library = Collection.get_first_root_node()
    for policy, model in ((images, Image), (documents, Document)):
        of_another = model(title="Map", collection=library)
        assert policy.user_has_permission(person, "add") is may_add
        own = model(title="Map", collection=library, uploaded_by_user=person)
        for action in ("change", "delete"):
            assert policy.user_has_permission_for_instance(person, action, of_another) is may_keep
            assert policy.user_has_permission_for_instance(person, action, own) is may_add
        assert policy.user_has_permission(person, "choose") is (role in EDITORS)


def test_an_operator_has_every_role(db: None) -> None:
    operator = User.objects.create_superuser("root@example.org", "pw")
    assert all(roles.has_role(operator, role) for role in Role)
    operator.is_active = False
    assert not roles.has_role(operator, Role.ADMINISTRATOR)


def test_giving_and_taking_a_role_is_written_down_once(judge: User, registrar: User) -> None:
    for _twice in range(2):
        roles.grant(person=judge, role=Role.TRAINER, actor=registrar)
    for _twice in range(2):
        roles.withdraw(person=judge, role=Role.TRAINER, actor=registrar)
    entries = AuditEntry.objects.filter(actor=registrar).order_by("pk")
    assert [(entry.verb, entry.target_key, entry.data) for entry in entries] == [
        ("role_granted", str(judge.key), {"role": "trainer"}),
        ("role_withdrawn", str(judge.key), {"role": "trainer"}),
    ]


def test_permit_makes_what_django_has_not_made_yet_and_doubles_nothing(db: None) -> None:
    Permission.objects.filter(codename="change_institution").delete()
    for _twice in range(2):
        roles.permit(apps, Role.AUDITOR, "accounts.change_institution", "accounts.add_institution")
    made = Permission.objects.get(codename="change_institution")
    assert (made.name, made.content_type.model_class()) == ("Can change institution", Institution)
    given = Group.objects.get(name=Role.AUDITOR).permissions.filter(content_type__app_label="accounts")
    assert sorted(given.values_list("codename", flat=True)) == [
        "add_institution",
        "change_institution",
    ]


# --- the editor's screens of people ----------------------------------------------------------


def answers(**changes: object) -> dict[str, object]:
    return {
        "email": "Neu@Example.org",
        "name": "Teuta Berisha",
        "name_latin": "",
        "country": "XK",
        "role": "judge",
        "court": "",
        "institution": "",
        "language": "en",
        "time_zone": "",
        "extra_time": "1.00",
        "groups": [],
        **changes,
    }


@pytest.fixture
def desk(browse: Callable, administrator: User) -> Client:
    return browse(administrator)


def group_pk(role: Role) -> int:
    return Group.objects.get(name=role.value).pk


def test_an_administrator_opens_an_account_and_the_person_sets_the_password(
    desk: Client, administrator: User
) -> None:
    page = desk.get("/cms/users/new/").content.decode()
    assert "first_name" not in page
    assert "is_superuser" not in page
    assert 'type="password"' not in page
    assert "Programme staff" in page
    answer = desk.post("/cms/users/new/", answers(groups=[group_pk(Role.TRAINER)]))
    assert answer.status_code == 302
    person = User.objects.get(email="neu@example.org")
    assert (person.name, person.role_names, person.is_staff) == (
        "Teuta Berisha",
        {"trainer"},
        True,
    )
    assert person.time_zone == "Europe/Belgrade"
    assert not person.has_usable_password()
    assert "/account/password/reset/key/" in mail.outbox[-1].body
    assert AuditEntry.objects.filter(verb="account_opened", actor=administrator).exists()


def test_the_editor_does_not_make_operators(desk: Client, judge: User) -> None:
    desk.post(f"/cms/users/edit/{judge.pk}/", answers(email=judge.email, is_superuser="on", is_active="on"))
    assert not fresh(judge).is_superuser
    assert fresh(judge).name == "Teuta Berisha"


def test_an_address_is_given_once(desk: Client, judge: User) -> None:
    answer = desk.post("/cms/users/new/", answers(email="JUDGE@example.org"))
    assert answer.status_code == 200
    assert "This address has an account already." in answer.content.decode()


def test_roles_address_and_closing_go_through_their_verbs(
    desk: Client, judge: User, administrator: User
) -> None:
    path = f"/cms/users/edit/{judge.pk}/"
    assert "Lucía Fernández" in desk.get(path).content.decode()
    changed = answers(email="lucia@court.example", groups=[group_pk(Role.LEGAL_REVIEWER)])
    assert desk.post(path, changed).status_code == 302
    person = fresh(judge)
    assert (person.email, person.is_staff, person.is_active) == ("lucia@court.example", True, False)
    assert person.emailaddress_set.get().email == "lucia@court.example"
    verbs = AuditEntry.objects.filter(actor=administrator).values_list("verb", flat=True)
    assert sorted(verbs) == ["account_closed", "email_replaced", "role_granted", "role_withdrawn"]


def test_flags_follow_a_role_given_to_many_at_once(
    desk: Client, judge: User, prosecutor: User, administrator: User
) -> None:
    path = f"/cms/bulk/accounts/user/assign_role/?id={judge.pk}&id={prosecutor.pk}&next=/cms/users/"
    answer = desk.post(path, {"role": group_pk(Role.TRAINER)})
    assert answer.status_code == 302
    assert fresh(judge).is_staff
    assert fresh(prosecutor).is_staff
    assert AuditEntry.objects.filter(verb="role_granted", actor=administrator).count() == 2


def test_people_are_found_by_name_and_address(desk: Client, judge: User, outsider: User) -> None:
    for words in ("Lucía", "JUDGE@"):
        page = desk.get("/cms/users/", {"q": words}).content.decode()
        assert "judge@example.org" in page
        assert "outsider@example.org" not in page


def test_preferences_in_the_editor_can_be_saved(browse: Callable, trainer: User) -> None:
    client = browse(trainer)
    page = client.get("/cms/account/").content.decode()
    assert "first_name" not in page
    assert "preferred_language" not in page, "one's language is kept in one place, the profile"
    kept = {
        "theme-theme": "dark",
        "theme-contrast": "system",
        "theme-density": "default",
    }
    assert client.post("/cms/account/", kept).status_code == 302
    assert fresh(trainer).wagtail_userprofile.theme == "dark"


def test_the_editor_speaks_the_language_of_the_profile(browse: Callable, trainer: User) -> None:
    for language, direction in (("es", "ltr"), ("ar", "rtl")):
        trainer.language = language
        trainer.save()
        page = browse(trainer).get("/cms/").content.decode()
        assert f'lang="{language}"' in page
        assert f'dir="{direction}"' in page


def test_institutions_are_kept_by_administrators(desk: Client, browse: Callable, trainer: User) -> None:
    path = "/cms/snippets/accounts/institution/add/"
    assert desk.post(path, {"name": "Corte Suprema", "country": "MX"}).status_code == 302
    assert Institution.objects.get().name == "Corte Suprema"
    assert browse(trainer).get(path).status_code == 302
