"""A run that is large enough is drawn by several processes, which read a database of their own start."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings

from certificates.runs_drawing import WORTH_PROCESSES
from tests import migrated


@pytest.mark.slow
def test_many_certificates_are_drawn_beside_each_other_and_all_arrive(tmp_path: Path) -> None:
    """By the script of the benchmark: processes that are started anew cannot see a test's database."""
    shutil.copy(migrated.database(), tmp_path / "run.sqlite3")
    script = Path(settings.ROOT) / "benchmarks" / "print_run.py"
    environment = {
        **os.environ,
        "DATA_DIR": str(tmp_path),
        "DATABASE_URL": f"sqlite:///{tmp_path}/run.sqlite3",
        "DJANGO_SETTINGS_MODULE": "benchmarks.settings",
    }
    people = str(WORTH_PROCESSES + 2)
    answer = subprocess.run(
        [sys.executable, str(script), "--alone", people, "--cores", "2"],
        env=environment,
        capture_output=True,
        text=True,
        check=True,
    )
    found = json.loads(answer.stdout.splitlines()[-1])
    assert found["drawing process MB"] > 0
    assert found["one PDF MB"] > 0
