"""What the tests of the engine share."""

import pytest

from assessments.signals import attempt_graded


@pytest.fixture
def heard():
    """What the signal said, in order: attempt, passed, fraction."""
    said = []

    def hear(sender, attempt, passed, fraction, **kwargs):
        said.append((attempt.key, passed, fraction))

    attempt_graded.connect(hear)
    yield said
    attempt_graded.disconnect(hear)
