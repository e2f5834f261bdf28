"""Categories in the content editor: shared, or of the trainers of one course; the rest is out of sight."""

import pytest
from django.contrib.auth.models import Group
from django.urls import NoReverseMatch, reverse

from accounts.models import AuditEntry
from accounts.roles import Role
from assessments.models import Category

pytestmark = pytest.mark.django_db

HOME = "/cms/"
ADD, LIST = (f"wagtailsnippets_assessments_category:{name}" for name in ("add", "list"))
FOREIGN = [f"wagtailsnippets_assessments_category:{name}" for name in ("edit", "history", "usage")]
NEW = {"name_en": "More", "slug": "more", "course_code": "TIP-101", "source_language": "en"}


@pytest.fixture
def own(category):
    """A category of the trainer's course; the plain one is shared."""
    group = Group.objects.create(name="course 1")
    return Category.objects.create(slug="own", name_en="Own", course_code="TIP-101", editors=group)


@pytest.fixture
def trainer(trainer, own):
    """The trainer of the course."""
    trainer.groups.add(own.editors)
    return trainer


@pytest.fixture
def other(make_person):
    """A trainer of another course."""
    person = make_person("other@example.org", Role.TRAINER)
    person.groups.add(Group.objects.create(name="course 2"))
    return person


def refused(answer):
    return answer.status_code == 302 and answer.url == HOME


def test_a_trainer_of_another_course_is_sent_back_from_a_foreign_category(other, own, browse):
    client = browse(other)
    before = AuditEntry.objects.count()
    for address in (reverse(name, args=[own.pk]) for name in FOREIGN):
        assert refused(client.get(address)), address
        assert client.post(address, NEW).status_code in (302, 405), address
    own.refresh_from_db()
    assert own.slug == "own"
    assert AuditEntry.objects.count() == before


def test_the_list_holds_what_is_shared_and_what_is_ones_own(own, trainer, other, browse):
    for person, sees in ((trainer, True), (other, False)):
        categories = browse(person).get(reverse(LIST)).text
        assert "Elements" in categories
        assert ("TIP-101: Own" in categories) is sees


@pytest.mark.parametrize("who", ["administrator", "legal_reviewer", "translator"])
def test_administrators_and_those_who_only_read_see_all(who, own, browse, request):
    client = browse(request.getfixturevalue(who))
    assert "TIP-101: Own" in client.get(reverse(LIST)).text
    answer = client.get(reverse(FOREIGN[0], args=[own.pk]))
    assert (answer.status_code == 200) is (who == "administrator")


def test_a_translator_who_teaches_another_course_reads_and_does_not_edit(own, other, browse):
    other.groups.add(Group.objects.get(name=Role.TRANSLATOR))
    assert "TIP-101: Own" in browse(other).get(reverse(LIST)).text
    assert refused(browse(other).get(reverse(FOREIGN[0], args=[own.pk])))


def test_the_trainer_of_the_course_edits_its_category(own, trainer, browse):
    address = reverse(FOREIGN[0], args=[own.pk])
    data = {"name_en": "Ours", "slug": "own", "course_code": "TIP-101"}
    assert browse(trainer).post(address, data).status_code == 302
    own.refresh_from_db()
    assert (own.name_en, own.source_language) == ("Ours", "en")


def test_a_new_category_of_a_course_belongs_to_its_trainers(own, trainer, other, browse):
    answer = browse(other).post(reverse(ADD), NEW)
    assert "edited by its own trainers" in answer.text
    assert not Category.objects.filter(slug="more").exists()
    assert browse(trainer).post(reverse(ADD), NEW).status_code == 302
    assert Category.objects.get(slug="more").editors == own.editors


def test_a_category_becomes_shared_when_its_group_goes(own):
    own.editors.delete()
    own.refresh_from_db()
    assert own.editors is None


def test_a_category_is_written_in_the_language_that_is_chosen(trainer, browse):
    data = {"name_en": "Medios", "slug": "means", "course_code": "", "source_language": "es"}
    assert browse(trainer).post(reverse(ADD), data).status_code == 302
    category = Category.objects.get(slug="means")
    assert (category.name_es, category.name_en or "") == ("Medios", "")


def test_the_menu_leads_to_the_pages_of_the_bank_and_the_editor_has_no_form_of_questions(trainer, browse):
    menu = browse(trainer).get(HOME, follow=True).text
    assert "/bank/" in menu
    assert "/quiz/marking/" in menu
    with pytest.raises(NoReverseMatch):
        reverse("wagtailsnippets_assessments_questionversion:list")
