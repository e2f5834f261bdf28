"""The forms by which people join: with an invitation, or by applying."""

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.utils.translation import gettext_lazy as _

from ..models import Application, User
from .profile import JoiningForm
from .sign_in import password_rules


class AcceptForm(JoiningForm):
    """Open an account for the invited address."""

    password = forms.CharField(
        label=_("Password"),
        strip=False,
        help_text=password_rules(),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    password_again = forms.CharField(
        label=_("Password again"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    class Meta:
        model = User
        fields = ("name", "country", "role", "court", "language")
        help_texts = {"language": _("We write to you in this language.")}

    def clean_password_again(self) -> str:
        """Raise ValidationError if the two passwords differ."""
        again = self.cleaned_data["password_again"]
        if self.cleaned_data.get("password") not in (None, again):
            raise forms.ValidationError(_("The two passwords differ."))
        return again

    def _post_clean(self) -> None:
        # the rules compare the password with the name and the address of the finished instance
        super()._post_clean()  # type: ignore[misc]  # the stubs leave it out
        password = self.cleaned_data.get("password")
        if not password:
            return
        try:
            validate_password(password, self.instance)
        except forms.ValidationError as refused:
            self.add_error("password", refused)


class ApplicationForm(JoiningForm):
    """Ask for an account."""

    class Meta:
        model = Application
        fields = ("name", "email", "country", "role", "institution", "motivation", "language")
        widgets = {
            "email": forms.EmailInput(attrs={"autocomplete": "email"}),
            "motivation": forms.Textarea(attrs={"rows": 5}),
        }
        help_texts = {"language": _("We write to you in this language.")}

    def clean_email(self) -> str:
        """Return the address as it is stored; says nothing about whether it is known."""
        return User.objects.normalize_email(self.cleaned_data["email"])
