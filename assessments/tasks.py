"""What is done beside the web: each task calls one verb. `db_worker` does them in production."""

from uuid import UUID

from django.tasks import task


@task()
def try_regrade(key: str) -> None:
    """Find out what a regrade would change."""
    from assessments import regrading  # it asks for this task

    regrading.look(key=UUID(key))


@task()
def write_regrade(key: str) -> None:
    """Write a regrade that was decided, and tell the learners."""
    from assessments import regrading  # it asks for this task

    regrading.write(key=UUID(key))


@task()
def carry_on_import(key: str) -> None:
    """Read a file of questions, or put those that were chosen into the bank."""
    from assessments.importing import pending  # it asks for this task

    pending.carry_on(key=UUID(key))
