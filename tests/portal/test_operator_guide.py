"""The operator's guide names every variable that the settings read, and no other."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings

from portal.settings import environment

ROOT = Path(settings.ROOT)
SETTINGS = ROOT / "site" / "portal" / "settings"
READERS = {"text", "flag", "whole", "words", "secret", "address", "database"}
COLUMNS = ["Variable", "Meaning", "Default", "Example", "Refused"]
NAME = re.compile(r"[A-Z][A-Z0-9_]+")


def reads() -> Iterator[tuple[str, ast.Call]]:
    """Yield each variable that the settings read, with the call that reads it."""
    for file in sorted(SETTINGS.glob("*.py")):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.Call) or not node.args:
                continue
            called = node.func
            name = called.attr if isinstance(called, ast.Attribute) else getattr(called, "id", "")
            first = node.args[0]
            if name in READERS and isinstance(first, ast.Constant) and NAME.fullmatch(str(first.value)):
                yield first.value, node


def rows() -> dict[str, list[str]]:
    """Return the cells of the guide's table by variable."""
    lines = (ROOT / "docs" / "operator.md").read_text(encoding="utf-8").splitlines()
    cut = [[cell.strip() for cell in line.strip("|").split(" | ")] for line in lines if line.startswith("|")]
    start = next(number for number, cells in enumerate(cut) if [c.strip() for c in cells] == COLUMNS)
    found: dict[str, list[str]] = {}
    for cells in cut[start + 2 :]:
        name = cells[0].strip("`")
        if not NAME.fullmatch(name):
            break
        assert name not in found, f"{name} stands twice in the table"
        found[name] = cells
    return found


def test_every_variable_of_the_settings_stands_in_the_table_and_no_other() -> None:
    assert sorted(rows()) == sorted({name for name, _call in reads()})


def test_every_row_is_complete() -> None:
    for name, cells in rows().items():
        assert len(cells) == len(COLUMNS), name
        assert all(cells), name


def test_the_table_states_the_defaults_of_the_code() -> None:
    stated = {name: cells[2] for name, cells in rows().items()}
    for name, call in reads():
        default = call.args[-1] if len(call.args) > 1 else None
        if isinstance(default, ast.Constant):
            value = str(default.value).lower() if isinstance(default.value, bool) else str(default.value)
            assert (f"`{value}`" if value else "empty") in stated[name], name


def test_nothing_reads_the_environment_but_the_readers() -> None:
    for file in sorted(SETTINGS.glob("*.py")):
        if file.name in ("environment.py", "test.py"):  # tests know the process they run in; operators do not
            continue
        assert not re.search(r"environ\.get|environ\[|getenv", file.read_text(encoding="utf-8")), file.name


def test_the_guide_knows_every_reader() -> None:
    public = {
        name
        for name, value in vars(environment).items()
        if getattr(value, "__module__", "") == environment.__name__ and not name.startswith("_")
    }
    assert public == READERS
