"""Make the seven roles, with the permissions of Wagtail that need no page.

What a role may do with courses, questions and pages is added by the migrations of those apps.
"""

from accounts.roles import EDITORS, OPEN_EDITOR, Role, permit, permit_in_library
from django.db import migrations

PICK = ("wagtailimages.choose_image", "wagtaildocs.choose_document")
# who adds a file may also change and delete that file
UPLOAD = ("wagtailimages.add_image", "wagtaildocs.add_document")
# files of others; in Wagtail, to change one includes to delete it
KEEP = ("wagtailimages.change_image", "wagtaildocs.change_document")


def _all(app_label, *models):
    return [f"{app_label}.{verb}_{model}" for model in models for verb in ("add", "change", "delete")]


def make_roles(apps, schema_editor):
    for role in Role.values:
        permit(apps, role)
    for role in EDITORS:
        permit(apps, role, OPEN_EDITOR)
        permit_in_library(apps, role, *PICK)
    permit_in_library(apps, Role.TRAINER, *UPLOAD)
    permit_in_library(apps, Role.ADMINISTRATOR, *UPLOAD, *KEEP)
    permit(
        apps,
        Role.ADMINISTRATOR,
        # nobody is deleted from the editor: records point at people, and erasure is its own verb
        "accounts.add_user",
        "accounts.change_user",
        *_all("accounts", "institution"),
        *_all("wagtailcore", "collection", "workflow", "task"),
    )


def drop_wagtails_own_groups(apps, schema_editor):
    """Editors and Moderators come with Wagtail; beside our roles they would only confuse."""
    groups = apps.get_model("auth", "Group").objects
    groups.filter(name__in=["Editors", "Moderators"], user=None).delete()


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0002_joining"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
        ("wagtailcore", "0098_apitoken"),
        ("wagtailadmin", "0006_formstate"),
        ("wagtailimages", "0027_image_description"),
        ("wagtaildocs", "0014_alter_document_file_size"),
    ]

    operations = [
        migrations.RunPython(make_roles, migrations.RunPython.noop),
        migrations.RunPython(drop_wagtails_own_groups, migrations.RunPython.noop),
    ]
