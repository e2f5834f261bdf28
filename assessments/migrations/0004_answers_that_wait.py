"""Put the answers that wait for a marker into the queue of markers."""

from typing import Any

from django.db import migrations

from assessments.folding import fold
from assessments.grading import waiting_slots
from assessments.paper import Paper


def queue(apps: Any, schema_editor: Any) -> None:
    """Make a task of each such answer, for whoever had taken its attempt."""
    attempts, tasks = (apps.get_model("assessments", name) for name in ("Attempt", "MarkingTask"))
    for attempt in attempts.objects.filter(status="submitted").iterator():
        paper = Paper.from_json(attempt.paper_data)
        waiting = waiting_slots(paper, fold(attempt.steps.order_by("sequence")))
        tasks.objects.bulk_create(
            tasks(attempt=attempt, slot=slot, role="first", marker_id=attempt.marker_id) for slot in waiting
        )


class Migration(migrations.Migration):
    dependencies = [("assessments", "0003_exam_records")]

    operations = [migrations.RunPython(queue, migrations.RunPython.noop)]
