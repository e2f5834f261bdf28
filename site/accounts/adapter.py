"""How allauth works here: no open sign-up, letters in the person's language, sign-ins written down."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.models import EmailAddress
from django.http import HttpRequest, HttpResponse
from django.urls import translate_url
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from . import audit, mail
from .models import User

_WRONG_PASSWORD = _("This is not your password. Check it and try again.")


class AccountAdapter(DefaultAccountAdapter):
    """The house's answers to allauth's questions."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "account_inactive": _("This account is closed. Write to us if you think that it should not be."),
        "duplicate_email": _("This is your address already."),
        "email_password_mismatch": _(
            "The e-mail and password do not match an account. Check both, or have a sign-in code sent to you."
        ),
        "email_taken": _("This address cannot be used."),
        "enter_current_password": _WRONG_PASSWORD,
        "incorrect_password": _WRONG_PASSWORD,
        "incorrect_code": _("This is not the code that we sent. Check it and try again."),
        "invalid_password_reset": _("This link is not valid any more. Ask for a new one."),
        "too_many_login_attempts": _(
            "There were too many attempts. Wait five minutes, or have a sign-in code sent to you."
        ),
        "same_as_current": _("This is your address already."),
        "rate_limited": _("There were too many attempts. Wait a few minutes and try again."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Keep sign-up closed: accounts come from an invitation or an approved application."""
        return False

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Send one of allauth's letters in the language of the person, if the address has one."""
        person = context.get("user") or User.objects.filter(email=email.lower()).first()
        language = person.language if person else translation.get_language()
        links = {
            key: mail.on_this_site(translate_url(value, language))
            for key, value in context.items()
            if key.endswith("_url") and isinstance(value, str)
        }
        mail.compose(
            name=template_prefix.rpartition("/")[2],
            to=email,
            language=language,
            context={**context, **links, "name": person.name if person else ""},
        ).send()

    def send_notification_mail(
        self,
        template_prefix: str,
        user: User,
        context: dict[str, Any] | None = None,
        email: str | None = None,
    ) -> None:
        """Name the person, whose language cannot be told from an address they no longer have."""
        super().send_notification_mail(template_prefix, user, {**(context or {}), "user": user}, email)

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        """Write down a failed attempt: against whom, never with what."""
        email = User.objects.normalize_email(credentials.get("email"))
        person = User.objects.filter(email=email).first()
        audit.record(actor=None, verb="sign_in_failed", target=person or User)

    def post_login(self, request: HttpRequest, user: User, **details: Any) -> HttpResponse:
        """Write down a sign-in."""
        audit.record(actor=user, verb="signed_in", target=user)
        return super().post_login(request, user, **details)

    def confirm_email(self, request: HttpRequest, email_address: EmailAddress) -> bool:
        """Write down that the person's address has changed."""
        confirmed = super().confirm_email(request, email_address)
        if confirmed:
            person = email_address.user
            audit.record(actor=person, verb="email_confirmed", target=person)
        return confirmed
