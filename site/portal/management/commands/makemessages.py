"""Django's makemessages, without guesses: a message that is new is empty, never a similar one's words."""

from django.core.management.commands import makemessages


class Command(makemessages.Command):
    msgmerge_options = [*makemessages.Command.msgmerge_options, "--no-fuzzy-matching"]
