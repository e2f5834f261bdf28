"""What each kind of question is good for, said to who chooses one."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from assessments.choices import Kind

ABOUT_KINDS: Mapping[str, str | Promise] = {
    Kind.SINGLE: _("One of several options is right. The quickest to write and to answer."),
    Kind.MULTIPLE: _("Several options are right, and each may count."),
    Kind.TRUE_FALSE: _("One statement, true or false."),
    Kind.MATCHING: _("Prompts such as facts or articles, each with the answer that belongs to it."),
    Kind.ORDERING: _("Steps to be put in the right order."),
    Kind.NUMERIC: _("A sum, a time limit, an age: a number, with a tolerance and units."),
    Kind.SHORT: _("A word or a few, compared with the answers that you accept."),
    Kind.GAP: _("A text with gaps that are typed or chosen from lists."),
    Kind.WORDS: _("Words or phrases to be selected in a text, such as the means in an indictment."),
    Kind.SCENARIO: _("A case on the bench: situations, decisions, their consequences, and what follows."),
    Kind.ESSAY: _("A written answer that a person marks by a guide."),
    Kind.FILE: _("A document that learners hand in, marked by a person."),
    Kind.SURVEY: _("A scale such as “how sure are you”, which is not marked."),
    Kind.DESCRIPTION: _("Facts or a document for the questions that follow; it asks nothing."),
}
