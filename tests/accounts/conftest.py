"""What the tests of people share."""

import re
from collections.abc import Callable

import pytest
from django.core import mail
from django.core.mail import EmailMultiAlternatives

from accounts import invitations
from accounts.models import Invitation, User


@pytest.fixture(autouse=True)
def _letters_are_sent_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Send letters without waiting for the commit: a test's own transaction has none."""
    monkeypatch.setattr("accounts.mail.on_commit", lambda send, robust: send())


@pytest.fixture
def last_letter() -> Callable[[], EmailMultiAlternatives]:
    """Return a function that returns the newest letter."""
    return lambda: mail.outbox[-1]


@pytest.fixture
def link_in() -> Callable[[EmailMultiAlternatives], str]:
    """Return a function that returns the path of the first link in a letter."""

    def find(letter: EmailMultiAlternatives) -> str:
        found = re.search(r"https?://[^/\s]+(/\S*)", letter.body)
        assert found, letter.body
        return found[1]

    return find


@pytest.fixture
def invited(registrar: User, last_letter: Callable, link_in: Callable) -> tuple[Invitation, str]:
    """An open invitation in Spanish to somebody without an account, and its link."""
    invitation = invitations.invite(
        email="Nueva@Example.org",
        invited_by=registrar,
        language="es",
        context={"cohort": "TIP-2026"},
        name="Inés Duarte",
    )
    return invitation, link_in(last_letter())
