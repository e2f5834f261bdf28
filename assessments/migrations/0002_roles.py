"""Which roles may write in the question bank."""

from django.db import migrations

from accounts import roles

WRITERS = ("add_category", "change_category", "view_category")
WRITERS += ("add_questionversion", "change_questionversion", "view_questionversion")
READERS = ("view_category", "view_questionversion")


def permit(apps, schema_editor):
    for role, names in {
        "trainer": WRITERS,
        "administrator": WRITERS,
        "legal_reviewer": READERS,
        "translator": READERS,
    }.items():
        roles.permit(apps, role, *(f"assessments.{name}" for name in names))


class Migration(migrations.Migration):
    dependencies = [("assessments", "0001_initial"), ("accounts", "0003_roles")]
    operations = [migrations.RunPython(permit, migrations.RunPython.noop)]
