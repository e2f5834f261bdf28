"""Give those who already open the content editor their own language and time zone there."""

from django.db import migrations


def follow(apps, schema_editor):
    user = apps.get_model("accounts", "User")
    profile = apps.get_model("wagtailusers", "UserProfile")
    for person in user.objects.filter(is_staff=True).iterator():
        profile.objects.update_or_create(
            user=person,
            defaults={"preferred_language": person.language, "current_time_zone": person.time_zone},
        )


class Migration(migrations.Migration):
    dependencies = (
        ("accounts", "0003_roles"),
        ("wagtailusers", "0015_userprofile_keyboard_shortcuts"),
    )
    operations = (migrations.RunPython(follow, migrations.RunPython.noop),)
