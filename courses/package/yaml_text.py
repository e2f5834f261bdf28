"""YAML as people read and write it: line numbers for faults, block style for long texts."""

from typing import Any

import yaml

# the C parser is ten times faster; both read the same
LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class BadYaml(ValueError):
    """The file is not YAML; `line` says where."""

    def __init__(self, message: str, line: int) -> None:
        super().__init__(message)
        self.line = line


def load(content: bytes) -> tuple[Any, dict[str, int]]:
    """Return the value and the line (from 1) of each path such as `body/3/text/es`."""
    try:
        loader = LOADER(content.decode("utf-8"))
        node = loader.get_single_node()
        value = None if node is None else loader.construct_document(node)
    except UnicodeDecodeError as error:
        raise BadYaml("is not UTF-8 text", content[: error.start].count(b"\n") + 1) from error
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark
        raise BadYaml(str(error.problem), mark.line + 1 if mark else 1) from error
    lines: dict[str, int] = {"": 1}
    if node is not None:
        _walk(node, "", lines)
    return value, lines


def _walk(node: yaml.Node, path: str, lines: dict[str, int]) -> None:
    lines[path] = node.start_mark.line + 1
    if isinstance(node, yaml.MappingNode):
        for key, child in node.value:
            _walk(child, f"{path}/{key.value}", lines)
    elif isinstance(node, yaml.SequenceNode):
        for index, child in enumerate(node.value):
            _walk(child, f"{path}/{index}", lines)


class _Dumper(yaml.SafeDumper):
    """Writes texts of several lines as blocks and never writes aliases."""

    def ignore_aliases(self, data: Any) -> bool:
        return True

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:
        super().increase_indent(flow, False)


def _text(dumper: yaml.SafeDumper, value: str) -> yaml.ScalarNode:
    style = "|" if "\n" in value else None
    return dumper.represent_scalar("tag:yaml.org,2002:str", value, style=style)


_Dumper.add_representer(str, _text)


def dump(value: Any) -> bytes:
    """Return the value as YAML: keys in the given order, every script readable."""
    written: str = yaml.dump(
        value, Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=100, default_flow_style=False
    )
    return written.encode()
