"""The worker of the demo ends with its server."""

import os
import signal
import time

import pytest
from django.core.management import CommandError, call_command

from portal.management.commands import demo_worker


def test_the_worker_is_told_to_end_once_its_server_is_gone(monkeypatch: pytest.MonkeyPatch) -> None:
    parents = iter([7, 7, 1])
    told: list[tuple[int, int]] = []
    monkeypatch.setattr(os, "getppid", lambda: next(parents))
    monkeypatch.setattr(os, "kill", lambda process, how: told.append((process, how)))
    monkeypatch.setattr(time, "sleep", lambda _seconds: None)
    demo_worker._end_with(7)
    assert [how for _process, how in told] == [signal.SIGTERM, signal.SIGTERM, signal.SIGKILL]
    assert {process for process, _how in told} == {os.getpid()}


def test_it_is_for_the_demo_alone() -> None:
    with pytest.raises(CommandError):
        call_command("demo_worker", os.getpid())
