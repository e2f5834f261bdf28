"""What is done beside the web: each task calls one verb. `db_worker` does them in production."""

from uuid import UUID

from django.tasks import task


@task()
def carry_on_run(key: str) -> None:
    """Do what is left of a print run."""
    from certificates import runs  # it asks for this task

    runs.carry_on(key=UUID(key))
