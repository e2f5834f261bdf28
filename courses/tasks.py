"""What is done beside the web: each task calls one verb. `db_worker` does them in production."""

from uuid import UUID

from django.tasks import task


@task()
def draw_handbook(key: str) -> None:
    """Draw a handbook that a reader has asked for."""
    from courses import handbooks  # it asks for this task

    handbooks.draw(key=UUID(key))


@task()
def ask_for_names(key: str) -> None:
    """Send the letters of a proof of names."""
    from courses import names  # it asks for this task

    names.send_letters(key=UUID(key))


@task()
def count_figures(pk: int) -> None:
    """Count the figures of a test that somebody has asked for."""
    from courses import statistics  # it asks for this task

    statistics.count(pk)
