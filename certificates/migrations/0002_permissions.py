"""Let administrators and auditors read the register; nobody edits it."""

from accounts.roles import Role, permit
from django.db import migrations


def let_read(apps, schema_editor):
    for role in (Role.ADMINISTRATOR, Role.AUDITOR):
        permit(apps, role, "certificates.view_certificate")


class Migration(migrations.Migration):
    dependencies = [
        ("certificates", "0001_initial"),
        ("accounts", "0003_roles"),
    ]

    operations = [migrations.RunPython(let_read, migrations.RunPython.noop)]
