from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("assessments", "0007_question_imports"),
    ]

    operations = [
        migrations.AddField(
            model_name="questionversion",
            name="translated_from",
            field=models.JSONField(blank=True, default=dict, editable=False),
        ),
    ]
