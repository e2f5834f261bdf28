"""Who may use Wagtail's and allauth's addresses: some of each kind, as `test_permission_table` says it.

In the editor "go" means: without a way in, led to our sign-in page; without the right, back to its home.
"""

# ruff: noqa: E501 - a table is read across

from collections.abc import Callable
from typing import Any

from django.test import Client
from django.urls import reverse

from accounts.models import User

from .test_permission_table import WHO, answered, rows, shown_of_the_judge, told
from .world import World

# Pages are a lesson of the course that `tra` teaches and `oth` does not.
EDITOR = """
#                                                 nob out jud pro tra oth tsl leg reg aud adm  why
wagtailadmin_home                                  go  go  go  go  ok  ok  ok  ok  go  go  ok  the editor is for those who write, translate, review
cms-login                                          in  dn  dn  dn  go  go  go  go  dn  dn  go  our own sign-in page; who may not enter is told so
wagtailadmin_account                               go  go  go  go  ok  ok  ok  ok  go  go  ok  one's preferences in the editor
wagtailadmin_explore_root                          go  go  go  go  go  go  go  go  go  go  ok  trainers are led to their own courses
wagtailadmin_pages:edit                            go  go  go  go  ok  go  go  go  go  go  ok  a trainer edits the courses given to them
wagtailadmin_pages:history                         go  go  go  go  ok  go  go  go  go  go  ok  a trainer edits the courses given to them
wagtailadmin_pages:delete                          go  go  go  go  go  go  go  go  go  go  ok  what is published is deleted by administrators
wagtailadmin_pages:move                            go  go  go  go  go  go  go  go  go  go  ok  what is published is moved by administrators
wagtailadmin_pages:unpublish                       go  go  go  go  go  go  go  go  go  go  ok  what is published is withdrawn by administrators
wagtailadmin_pages:view_draft                      go  go  go  go  ok  go  go  go  go  go  ok  drafts of the courses given to them
copy_course                                        go  go  go  go  ok  go  go  go  go  go  ok  a trainer begins a draft from a course of theirs
wagtailusers_users:index                           go  go  go  go  go  go  go  go  go  go  ok  accounts are the administrators'
wagtailusers_users:add                             go  go  go  go  go  go  go  go  go  go  ok  accounts are the administrators'
wagtailusers_users:edit                            go  go  go  go  go  go  go  go  go  go  ok  accounts are the administrators'
wagtailusers_users:delete                          go  go  go  go  go  go  go  go  go  go  go  nobody is deleted from the editor
wagtailusers_groups:index                          go  go  go  go  go  go  go  go  go  go  go  what a role may do stands in the code
wagtailsnippets_courses_course:list                go  go  go  go  ok  ok  ok  ok  go  go  ok  who edits sees which courses there are
wagtailsnippets_courses_course:edit                go  go  go  go  go  go  go  go  go  go  ok  codes, hours and trainers are the administrators'
wagtailsnippets_courses_legalprovision:list        go  go  go  go  ok  ok  ok  ok  go  go  ok  who edits sees the law
wagtailsnippets_courses_legalprovision:add         go  go  go  go  go  go  go  ok  go  go  ok  the legal reviewers keep the law
wagtailsnippets_courses_glossaryterm:add           go  go  go  go  ok  ok  go  go  go  go  ok  trainers add terms
wagtailsnippets_assessments_category:list          go  go  go  go  ok  ok  ok  ok  go  go  ok  who edits or reviews sees the bank
wagtailsnippets_assessments_category:edit          go  go  go  go  ok  go  go  go  go  go  ok  the questions of a course are its trainers'
wagtailsnippets_assessments_category:delete        go  go  go  go  go  go  go  go  go  go  go  one with questions is kept, and they are told so
wagtailsnippets_accounts_institution:list          go  go  go  go  go  go  go  go  go  go  ok  institutions are the administrators'
certificate-register:index                         go  go  go  go  go  go  go  go  go  go  ok  the register is read by administrators
certificate-register:inspect                       go  go  go  go  go  go  go  go  go  go  ok  the register is read by administrators
term_chooser:choose                                go  go  go  go  ok  ok  ok  ok  go  go  ok  the window in which a term is chosen
question_chooser:choose                            go  go  go  go  ok  ok  ok  ok  go  go  ok  the window in which a question is chosen
wagtaildocs:index                                  go  go  go  go  ok  ok  go  go  go  go  ok  who uploads sees the library
wagtaildocs:edit                                   go  go  go  go  go  go  go  go  go  go  ok  files of others are the administrators'
wagtailimages:index                                go  go  go  go  ok  ok  go  go  go  go  ok  who uploads sees the library
wagtailadmin_reports:site_history                  go  go  go  go  ok  ok  ok  ok  go  go  ok  of the pages that one may see
wagtailadmin_collections:index                     go  go  go  go  go  go  go  go  go  go  go  nobody: a course makes its own
wagtailadmin_workflows:index                       go  go  go  go  go  go  go  go  go  go  ok  the review is the administrators'
"""

ACCOUNT = """
#                                                 nob out jud pro tra oth tsl leg reg aud adm  why
account_login                                      ok  go  go  go  go  go  go  go  go  go  go  who is signed in is led on
account_logout                                     go  ok  ok  ok  ok  ok  ok  ok  ok  ok  ok  asks for a button
account_inactive                                   ok  ok  ok  ok  ok  ok  ok  ok  ok  ok  ok  public words
account_signup                                     ok  go  go  go  go  go  go  go  go  go  go  says that it is closed
account_reauthenticate                             in  ok  ok  ok  ok  ok  ok  ok  ok  ok  ok  one's own
account_email                                      in  ok  ok  ok  ok  ok  ok  ok  ok  ok  ok  one's own
account_change_password                            in  ok  ok  ok  ok  ok  ok  ok  ok  ok  ok  one's own
account_set_password                               in  go  go  go  go  go  go  go  go  go  go  who has one changes it instead
account_reset_password                             ok  ok  ok  ok  ok  ok  ok  ok  ok  ok  ok  public
account_request_login_code                         ok  go  go  go  go  go  go  go  go  go  go  public
account_confirm_login_code                         in  go  go  go  go  go  go  go  go  go  go  only after asking for a code
account_reset_password_from_key                    ok  ok  ok  ok  ok  ok  ok  ok  ok  ok  ok  a wrong link says only that it is wrong
"""


def arguments(world: World) -> dict[str, list[Any]]:
    """Return what the addresses name: things of the judge, and of the trainer's course."""
    lesson, judge = world.built.lessons[0].pk, world.people["judge"]
    assert judge is not None
    actions = ("edit", "history", "delete", "move", "unpublish", "view_draft")
    return {
        **{f"wagtailadmin_pages:{action}": [lesson] for action in actions},
        "copy_course": [world.built.page.pk],
        "wagtailusers_users:edit": [judge.pk],
        "wagtailusers_users:delete": [judge.pk],
        "wagtailsnippets_courses_course:edit": [world.built.course.pk],
        **{
            f"wagtailsnippets_assessments_category:{action}": [world.question.question.category_id]
            for action in ("edit", "delete")
        },
        "certificate-register:inspect": [world.certificate.pk],
        "wagtaildocs:edit": [world.document.pk],
        "account_reset_password_from_key": ["1", "wrong-key"],
    }


def test_addresses_of_others_answer_each_role_as_the_table_says(
    world: World, browse: Callable[[User | None], Client]
) -> None:
    wrong: list[str] = []
    known = arguments(world)
    for column, who in enumerate(WHO):
        client = browse(world.people[who])
        for name, cells in (rows(EDITOR) | rows(ACCOUNT)).items():
            path = "/cms/login/" if name == "cms-login" else reverse(name, args=known.get(name, []))
            answer = answered(client, "GET", path, {})
            wrong += told(who, name, cells[column], answer)
            wrong += shown_of_the_judge(who, name, answer.words)
    assert not wrong, "\n" + "\n".join(wrong)


def test_who_may_not_enter_the_editor_learns_so_and_is_not_sent_in_a_circle(
    world: World, browse: Callable[[User | None], Client]
) -> None:
    path = reverse("wagtailadmin_pages:edit", args=[world.built.lessons[0].pk])
    for who in ("outsider", "judge", "registrar", "auditor"):
        assert browse(world.people[who]).get(path, follow=True).status_code == 403, who
    assert "/account/login/" in browse(None).get(path, follow=True).redirect_chain[-1][0]
