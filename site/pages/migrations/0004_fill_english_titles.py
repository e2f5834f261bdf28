from django.db import migrations
from django.db.models import F


def fill(apps, schema_editor):
    """Wagtail's own first pages have a plain title only; readers look at the translated columns."""
    pages = apps.get_model("pages", "BasePage").objects.filter(title_en=None)
    pages.update(title_en=F("title"))


class Migration(migrations.Migration):
    dependencies = [("pages", "0003_finalize_page_model")]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop, elidable=False)]
