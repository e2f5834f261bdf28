"""Who people are: institutions and users."""

import uuid
from decimal import Decimal
from typing import Any, ClassVar

from django.conf import settings
from django.contrib.auth.base_user import BaseUserManager
from django.contrib.auth.models import AbstractBaseUser, PermissionsMixin
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django_countries.fields import CountryField

from ..choices import NONE_CHOSEN, ProfessionalRole, Sex, Theme, check_time_zone


class Institution(models.Model):
    """A court, prosecution service or academy that people belong to."""

    name = models.CharField(_("name"), max_length=200)
    country = CountryField(_("country"), blank=True, blank_label=NONE_CHOSEN)

    class Meta:
        verbose_name = _("institution")
        verbose_name_plural = _("institutions")
        ordering = ("name",)
        constraints = (
            models.UniqueConstraint(Lower("name"), "country", name="institution_unique_in_country"),
        )

    def __str__(self) -> str:
        return self.name


class UserManager(BaseUserManager["User"]):
    """Creates people; the e-mail address is normalised to lower case in one place."""

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        """Create a person who signs in with `email`; without a password they must set one."""
        if not email:
            raise ValueError("A user needs an e-mail address.")
        user = self.model(email=self.normalize_email(email), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> "User":
        """Create an operator who may do everything."""
        fields |= {"is_staff": True, "is_superuser": True, "is_programme_staff": True}
        return self.create_user(email, password, **fields)

    @classmethod
    def normalize_email(cls, email: str | None) -> str:
        """Return the address as stored: without spaces around it, in lower case."""
        return (email or "").strip().lower()

    def get_by_natural_key(self, email: str | None) -> "User":
        return self.get(email=self.normalize_email(email))


class User(AbstractBaseUser, PermissionsMixin):
    """A person. The e-mail address signs them in; the name is printed on certificates."""

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    email = models.EmailField(_("e-mail address"), unique=True)
    name = models.CharField(
        _("name"),
        max_length=200,
        blank=True,
        help_text=_("As it will be printed on certificates, in your own script."),
    )
    name_latin = models.CharField(
        _("name in Latin letters"),
        max_length=200,
        blank=True,
        help_text=_("Printed beside the name where a reader may not know its script."),
    )
    country = CountryField(
        _("jurisdiction"),
        blank=True,
        blank_label=NONE_CHOSEN,
        help_text=_("The country whose law you apply."),
    )
    court = models.CharField(_("court or office"), max_length=200, blank=True)
    institution = models.ForeignKey(
        Institution,
        verbose_name=_("institution"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="people",
    )
    role = models.CharField(
        _("professional role"), max_length=20, choices=ProfessionalRole.choices, blank=True
    )
    language = models.CharField(
        _("preferred language"), max_length=10, choices=settings.LANGUAGES, default="en"
    )
    time_zone = models.CharField(_("time zone"), max_length=64, default="UTC", validators=[check_time_zone])
    sex = models.CharField(
        _("sex"),
        max_length=12,
        choices=Sex.choices,
        blank=True,
        help_text=_(
            "We ask so that programmes can report how many women and men were trained."
            " Only group totals of ten people or more are shown; nobody sees your answer"
            " beside your name."
        ),
    )
    extra_time = models.DecimalField(
        _("extra-time multiplier"),
        max_digits=4,
        decimal_places=2,
        default=Decimal("1.00"),
        validators=[MinValueValidator(Decimal("1.00")), MaxValueValidator(Decimal("5.00"))],
        help_text=_("1.25 gives a quarter more time in every timed quiz. Set by staff."),
    )
    theme = models.CharField(_("colours"), max_length=10, choices=Theme.choices, default=Theme.SYSTEM)
    is_active = models.BooleanField(_("may sign in"), default=True)
    is_staff = models.BooleanField(_("may open the content editor"), default=False)
    # Kept in step with the groups by accounts.roles, so that a page's head needs no query for it.
    is_programme_staff = models.BooleanField(_("may open the staff area"), default=False)
    joined_at = models.DateTimeField(_("joined"), default=timezone.now, editable=False)

    objects: ClassVar[UserManager] = UserManager()

    EMAIL_FIELD = "email"
    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("people")
        ordering = ("name", "email")
        constraints = (
            models.UniqueConstraint(Lower("email"), name="user_email_unique_whatever_case"),
            models.CheckConstraint(
                condition=models.Q(extra_time__gte=1) & models.Q(extra_time__lte=5),
                name="user_extra_time_between_1_and_5",
            ),
        )

    def __str__(self) -> str:
        return self.name or self.email

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.email = UserManager.normalize_email(self.email)
        super().save(*args, **kwargs)

    def get_full_name(self) -> str:
        return self.name or self.email

    def get_short_name(self) -> str:
        return self.name or self.email

    # Wagtail's listings order and search people by these two names
    @property
    def first_name(self) -> str:
        return self.name

    @property
    def last_name(self) -> str:
        return ""

    @cached_property
    def role_names(self) -> frozenset[str]:
        """Return the names of the person's groups, read once."""
        return frozenset(self.groups.values_list("name", flat=True))
