"""The forms of signing in, of the password and of the address: allauth's logic, our words."""

from typing import Any, ClassVar

from allauth.account import forms as allauth_forms
from django import forms
from django.contrib.auth.password_validation import password_validators_help_texts
from django.utils.functional import lazy
from django.utils.translation import gettext_lazy as _

EMAIL = _("Email")
PASSWORD = _("Password")
NEW_PASSWORD = _("New password")
REPEAT = _("New password again")
CODE = _("Sign-in code")


def _rules() -> str:
    return " ".join(password_validators_help_texts())


# made when it is shown, because the rules are said in the reader's language
password_rules = lazy(_rules, str)


class Plain(forms.Form):
    """No placeholder stands in for a label, and the words are those of this site."""

    words: ClassVar[dict[str, Any]] = {}
    hints: ClassVar[dict[str, Any]] = {}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            field.widget.attrs.pop("placeholder", None)
            field.help_text = self.hints.get(name, "")
            if name in self.words:
                field.label = self.words[name]


class SignInForm(Plain, allauth_forms.LoginForm):
    words = {
        "login": EMAIL,
        "password": PASSWORD,
        "remember": _("Stay signed in on this device for 30 days"),
    }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"].widget.attrs["autocomplete"] = "username"

    def clean(self) -> dict[str, Any] | None:
        """Show a refusal at the password, without saying which of the two was wrong."""
        try:
            return super().clean()
        except forms.ValidationError as refused:
            self.add_error("password", refused)
            return self.cleaned_data


class RequestCodeForm(Plain, allauth_forms.RequestLoginCodeForm):
    words = {"email": EMAIL}


class EnterCodeForm(Plain, allauth_forms.ConfirmLoginCodeForm):
    words = {"code": CODE}


class ConfirmPasswordForm(Plain, allauth_forms.ReauthenticateForm):
    words = {"password": PASSWORD}


class RequestResetForm(Plain, allauth_forms.ResetPasswordForm):
    words = {"email": EMAIL}


class NewPasswordForm(Plain, allauth_forms.ResetPasswordKeyForm):
    words = {"password1": NEW_PASSWORD, "password2": REPEAT}
    hints = {"password1": password_rules()}


class ChangePasswordForm(Plain, allauth_forms.ChangePasswordForm):
    words = {
        "oldpassword": _("Your password now"),
        "password1": NEW_PASSWORD,
        "password2": REPEAT,
    }
    hints = {"password1": password_rules()}


class FirstPasswordForm(Plain, allauth_forms.SetPasswordForm):
    words = {"password1": NEW_PASSWORD, "password2": REPEAT}
    hints = {"password1": password_rules()}


class ChangeEmailForm(Plain, allauth_forms.AddEmailForm):
    words = {"email": _("New e-mail address")}
