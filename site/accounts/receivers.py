"""What follows from a change to a person elsewhere."""

from typing import Any

from django.db.models.signals import post_save
from django.dispatch import receiver
from wagtail.users.models import UserProfile

from .models import User


@receiver(post_save, sender=User)
def follow_in_the_editor(instance: User, *, raw: bool = False, **_more: Any) -> None:
    """Show the content editor in the language and time zone of the person's profile."""
    if instance.is_staff and not raw:
        UserProfile.objects.update_or_create(
            user=instance,
            defaults={"preferred_language": instance.language, "current_time_zone": instance.time_zone},
        )
