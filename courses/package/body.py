"""The blocks of a lesson between a file (all languages in each block) and its stream fields (one each)."""

from collections.abc import Callable, Mapping
from typing import Any

from . import files
from .markup import MarkupError
from .media import Shelf, Taken
from .schema import Asset

IMAGES = {("image", "file"), ("video", "poster")}
# a document is one file in each language: the package says `files`, the block `file`
STORED_AS = {("document", "files"): "file"}


def to_stream(blocks: list[dict[str, Any]], language: str, shelf: Shelf) -> list[dict[str, Any]]:
    """Return the raw stream value of one language, its files put on the shelf."""
    stream = []
    for block in blocks:
        kind = block["type"]
        value = files.block(kind).split(block, language)
        value.pop("type")
        identity = value.pop("id")

        def put(kind: str, name: str, given: Any) -> int:
            return shelf.image(given) if (kind, name) in IMAGES else shelf.document(given)

        stream.append({"type": kind, "id": identity, "value": _renamed(kind, value, put)})
    return stream


def _renamed(kind: str, value: dict[str, Any], put: Callable[[str, str, Any], int]) -> dict[str, Any]:
    schema = files.BLOCKS[kind]
    return {
        STORED_AS.get((kind, name), name): put(kind, name, part) if isinstance(schema[name], Asset) else part
        for name, part in value.items()
    }


def from_stream(streams: Mapping[str, list[dict[str, Any]]], taken: Taken) -> list[dict[str, Any]]:
    """Return the blocks of a file; raises MarkupError when the languages do not match block by block."""
    shapes = {tuple((block["type"], block["id"]) for block in stream) for stream in streams.values()}
    if len(shapes) > 1:
        raise MarkupError("the languages of a lesson do not have the same blocks")
    blocks = []
    for index, (kind, identity) in enumerate(shapes.pop() if shapes else ()):
        values = {
            language: _plain(kind, stream[index]["value"], taken) for language, stream in streams.items()
        }
        joined = files.Record(files.BLOCKS[kind]).join(values)
        blocks.append({"type": kind, "id": identity, **joined})
    return blocks


def _plain(kind: str, value: dict[str, Any], taken: Taken) -> dict[str, Any]:
    plain = {}
    for name, schema in files.BLOCKS[kind].items():
        part = value.get(STORED_AS.get((kind, name), name))
        if part in (None, "", []):
            continue
        if isinstance(schema, Asset):
            part = taken.image(part) if (kind, name) in IMAGES else taken.document(part)
        plain[name] = _items(part)
    return plain


def _items(value: Any) -> Any:
    """Take the editor's list items (`{type: item, value}`) out of their wrapping."""
    if isinstance(value, list):
        return [_items(v["value"] if isinstance(v, dict) and v.get("type") == "item" else v) for v in value]
    if isinstance(value, dict):
        return {name: _items(part) for name, part in value.items()}
    return value


def plain_stream(stream: Any) -> list[tuple[str, str, Any]]:
    """Return a stream in comparable form, whether it came from a file or from the editor."""
    return [
        (block["type"], block["id"], {k: v for k, v in _items(block["value"]).items() if v not in (None, "")})
        for block in stream.raw_data
    ]
