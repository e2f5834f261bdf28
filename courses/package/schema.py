"""What each file of a package may hold. One description drives checking, splitting and joining.

*Splitting* gives the value of one language (what the database keeps); *joining* puts the languages
side by side again (what a file keeps). They are inverse to each other for a checked value.
"""

import re
import uuid
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol

from .markup import MarkupError, to_html, to_markdown

Complain = Callable[[str, str], None]
"""Called with the path of a value (`body/3/text/es`) and a sentence that says what is wrong."""


class Schema(Protocol):
    """What every part of a description can do."""

    @property
    def required(self) -> bool: ...

    def check(self, value: Any, path: str, complain: Complain, languages: list[str]) -> None: ...

    def split(self, value: Any, language: str) -> Any: ...

    def join(self, values: Mapping[str, Any]) -> Any: ...


@dataclass(frozen=True)
class Plain:
    """A value that is the same in every language."""

    kind: type | tuple[type, ...] = str
    required: bool = True
    choices: tuple[str, ...] = ()
    pattern: str = ""

    def check(self, value: Any, path: str, complain: Complain, languages: list[str]) -> None:
        wrong_bool = isinstance(value, bool) and self.kind is not bool
        if not isinstance(value, self.kind) or wrong_bool:
            names = self.kind if isinstance(self.kind, tuple) else (self.kind,)
            complain(path, f"must be {' or '.join(k.__name__ for k in names)}, not {value!r}")
        elif self.choices and value not in self.choices:
            complain(path, f"must be one of {', '.join(self.choices)}, not {value!r}")
        elif self.pattern and not re.fullmatch(self.pattern, str(value)):
            complain(path, f"{value!r} has not the right form")

    def split(self, value: Any, language: str) -> Any:
        return value

    def join(self, values: Mapping[str, Any]) -> Any:
        return next(iter(values.values()))


@dataclass(frozen=True)
class Key(Plain):
    """A UUID, written out."""

    def check(self, value: Any, path: str, complain: Complain, languages: list[str]) -> None:
        try:
            uuid.UUID(str(value))
        except ValueError:
            complain(path, f"{value!r} is not a UUID")


@dataclass(frozen=True)
class Text:
    """Words, in every language of the file."""

    required: bool = True

    def check(self, value: Any, path: str, complain: Complain, languages: list[str]) -> None:
        if not isinstance(value, dict):
            complain(path, f"must hold one text per language ({', '.join(languages)})")
            return
        for language in languages:
            words = value.get(language)
            if not isinstance(words, str) or not words.strip():
                complain(f"{path}/{language}", "has no text")
            else:
                self.check_words(words, f"{path}/{language}", complain)
        for language in value:
            if language not in languages:
                complain(f"{path}/{language}", "is not a language of this file")

    def check_words(self, words: str, path: str, complain: Complain) -> None:
        """Nothing more to ask of plain words."""

    def split(self, value: Any, language: str) -> Any:
        return value[language]

    def join(self, values: Mapping[str, Any]) -> Any:
        return dict(values)


@dataclass(frozen=True)
class Rich(Text):
    """Rich text: Markdown in the file, HTML in the database."""

    def check_words(self, words: str, path: str, complain: Complain) -> None:
        try:
            html = to_html(words)
            if to_markdown(html) != words.strip():
                again = to_html(to_markdown(html))
                if again != html:
                    complain(path, "cannot be written back without loss")
        except MarkupError as error:
            complain(path, str(error))

    def split(self, value: Any, language: str) -> Any:
        return to_html(value[language])

    def join(self, values: Mapping[str, Any]) -> Any:
        return {language: to_markdown(str(html)) for language, html in values.items()}


@dataclass(frozen=True)
class Asset:
    """A file of the package: one for all languages, or one per language."""

    required: bool = True

    def check(self, value: Any, path: str, complain: Complain, languages: list[str]) -> None:
        names = value.values() if isinstance(value, dict) else [value]
        for name in names:
            if not isinstance(name, str) or not re.fullmatch(r"media/[\w.-]+", name):
                complain(path, f"{name!r} must be a file in media/")
        if isinstance(value, dict) and (missing := [code for code in languages if code not in value]):
            complain(path, f"has no file for {', '.join(missing)}")

    def split(self, value: Any, language: str) -> Any:
        return value[language] if isinstance(value, dict) else value

    def join(self, values: Mapping[str, Any]) -> Any:
        return dict(values) if len(set(values.values())) > 1 else next(iter(values.values()))


@dataclass(frozen=True)
class Record:
    """A mapping with known fields."""

    fields: Mapping[str, Schema]
    required: bool = True

    def check(self, value: Any, path: str, complain: Complain, languages: list[str]) -> None:
        if not isinstance(value, dict):
            complain(path, "must be a mapping of fields")
            return
        for name, schema in self.fields.items():
            if value.get(name) is None:
                if schema.required:
                    complain(f"{path}/{name}", "is missing")
            else:
                schema.check(value[name], f"{path}/{name}", complain, languages)
        for name in value:
            if name not in self.fields:
                complain(f"{path}/{name}", f"is not known; known are {', '.join(self.fields)}")

    def split(self, value: Any, language: str) -> dict[str, Any]:
        return {
            name: schema.split(value[name], language)
            for name, schema in self.fields.items()
            if value.get(name) is not None
        }

    def join(self, values: Mapping[str, Any]) -> dict[str, Any]:
        joined = {}
        for name, schema in self.fields.items():
            parts = {code: v[name] for code, v in values.items() if v.get(name) not in (None, "", [], {})}
            if parts:
                joined[name] = schema.join(parts)
        return joined


@dataclass(frozen=True)
class Many:
    """A list of the same things, equally long in every language."""

    item: Schema
    required: bool = True
    least: int = field(default=1)

    def check(self, value: Any, path: str, complain: Complain, languages: list[str]) -> None:
        if not isinstance(value, list) or len(value) < self.least:
            complain(path, f"must be a list of at least {self.least}")
            return
        for index, item in enumerate(value):
            self.item.check(item, f"{path}/{index}", complain, languages)

    def split(self, value: Any, language: str) -> list[Any]:
        return [self.item.split(item, language) for item in value]

    def join(self, values: Mapping[str, Any]) -> list[Any]:
        lengths = {len(items) for items in values.values()}
        if len(lengths) > 1:
            raise MarkupError("the languages have lists of different length")
        return [
            self.item.join({code: items[n] for code, items in values.items()}) for n in range(lengths.pop())
        ]


def texts(schema: Schema, value: Any, path: str = "") -> Iterator[tuple[str, Text, dict[str, str]]]:
    """Yield every translated text of a checked value with its path."""
    if isinstance(schema, Text):
        yield path, schema, value
    elif isinstance(schema, Record):
        for name, part in schema.fields.items():
            if value.get(name) is not None:
                yield from texts(part, value[name], f"{path}/{name}")
    elif isinstance(schema, Many):
        for index, item in enumerate(value):
            yield from texts(schema.item, item, f"{path}/{index}")
