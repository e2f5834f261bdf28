"""A place in the published list of status for each certificate, random, those already issued included."""

import random

from django.db import migrations, models

SIZE = 131_072  # bits of one list
HALF = SIZE // 2


def give_places(apps, schema_editor):
    draw = random.SystemRandom()
    waiting = list(apps.get_model("certificates", "Certificate").objects.order_by("pk").only("pk"))
    for number, start in enumerate(range(0, len(waiting), HALF)):
        chunk = waiting[start : start + HALF]
        places = draw.sample(range(number * SIZE, (number + 1) * SIZE), len(chunk))
        for certificate, place in zip(chunk, places, strict=True):
            certificate.status_index = place
    apps.get_model("certificates", "Certificate").objects.bulk_update(
        waiting, ["status_index"], batch_size=400
    )


class Migration(migrations.Migration):
    dependencies = [
        ("certificates", "0003_kinds_designs_keys"),
    ]

    operations = [
        migrations.AddField(
            model_name="certificate",
            name="status_index",
            field=models.PositiveIntegerField(editable=False, null=True, unique=True),
        ),
        migrations.RunPython(give_places, migrations.RunPython.noop),
        migrations.AlterField(
            model_name="certificate",
            name="status_index",
            field=models.PositiveIntegerField(editable=False, unique=True),
        ),
    ]
