"""A question in the making: what a reader collects of it, and what it has to say about it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from fractions import Fraction
from pathlib import PurePosixPath
from typing import Any

from assessments.interchange import markup
from assessments.interchange.errors import InterchangeError, Notice, Place
from assessments.interchange.item import Item, Media, Skipped, Source, Texts
from assessments.interchange.limits import USUAL, Limits
from assessments.scoring import KINDS, SpecError, read_key

ZERO, ONE = Fraction(0), Fraction(1)
SHUFFLED = {"single", "multiple", "true_false", "matching", "ordering", "gap", "scenario", "survey"}
# a file must begin as its name says; what has no entry here is not taken
_BEGINNINGS: Mapping[str, tuple[bytes, ...]] = {
    ".png": (b"\x89PNG",),
    ".jpg": (b"\xff\xd8\xff",),
    ".jpeg": (b"\xff\xd8\xff",),
    ".gif": (b"GIF8",),
    ".webp": (b"RIFF",),
    ".svg": (b"<",),
    ".pdf": (b"%PDF",),
    ".mp3": (b"ID3", b"\xff\xfb", b"\xff\xf3", b"\xff\xf2"),
    ".ogg": (b"OggS",),
    ".oga": (b"OggS",),
    ".wav": (b"RIFF",),
    ".m4a": (b"\0\0\0",),
    ".mp4": (b"\0\0\0",),
    ".webm": (b"\x1aE\xdf\xa3",),
}


class Unusable(Exception):
    """The question cannot be taken; the notice says why."""

    def __init__(self, code: str, **values: str) -> None:
        self.notice = Notice(code, values)
        super().__init__(self.notice.sentence % values)


@dataclass(frozen=True)
class Row:
    """One answer as a file gives it, its texts not yet cleaned."""

    text: Texts
    fraction: Fraction
    feedback: Texts = field(default_factory=dict)
    tolerance: Fraction | None = None

    @property
    def plain(self) -> str:
        """The words of the first language."""
        return markup.line(markup.plain(next(iter(self.text.values()), "")))


@dataclass
class Draft:
    """An item in the making."""

    format: str
    place: Place
    language: str = "en"
    limits: Limits = USUAL
    name: str = ""
    notices: list[Notice] = field(default_factory=list)
    media: dict[str, bytes] = field(default_factory=dict)
    fields: dict[str, Any] = field(default_factory=dict)

    def say(self, code: str, **values: str) -> None:
        """Note once that something was adapted."""
        notice = Notice(code, values)
        if notice not in self.notices:
            self.notices.append(notice)

    def texts(
        self, html: str, names: Mapping[str, str] | None = None, *, spread: bool = True
    ) -> dict[str, str]:
        """A field of HTML, cleaned, by language."""
        how: Callable[[str, str], Texts] = markup.by_language if spread else _one_language
        texts, notices = markup.cleaned(
            html, self.language, limits=self.limits, place=self.place, media=names, spread=how
        )
        for notice in notices:
            self.say(notice.code, **notice.values)
        return dict(texts)

    def attach(self, name: str, content: bytes) -> str | None:
        """Keep a media file; return the name under which, or None, with a notice, if it is not taken."""
        if len(content) > self.limits.media_bytes:
            raise InterchangeError("too_large", self.place, most=self.limits.media_bytes // 2**20)
        base = markup.line(PurePosixPath(name.replace("\\", "/")).name).lstrip(".")[-120:]
        ending = PurePosixPath(base).suffix.lower()
        if not content or not content.lstrip(b"\xef\xbb\xbf \r\n\t").startswith(
            _BEGINNINGS.get(ending, (b"\0\0\0\0\0",))
        ):
            self.say("bad_media", name=base or "?")
            return None
        kept, number = base, 1
        while self.media.get(kept, content) != content:
            number += 1
            kept = f"{number}-{base}"
        self.media[kept] = content
        return kept

    def item(self, kind: str, spec: Mapping[str, Any], **fields: Any) -> Item | Skipped:
        """The finished item; Skipped when ``scoring`` does not know the kind or cannot mark by the key."""
        if kind not in KINDS:
            return self.skipped(Notice("unknown_type", {"name": kind}))
        try:
            read_key(kind, spec)
        except SpecError as error:
            return self.skipped(Notice("unmarkable", {"detail": str(error)}))
        if kind not in SHUFFLED:
            fields["shuffle"] = True  # there is nothing to shuffle
        item = Item(
            kind=kind,
            language=self.language,
            spec=spec,
            name=self.name,
            source=Source(self.format, self.place),
            notices=tuple(self.notices),
            **(self.fields | fields),
        )
        if not any((item.stem, item.passage)):
            return self.skipped(Notice("no_text"))
        shown = set(used_media(item))
        media = tuple(Media(name, self.media[name]) for name in sorted(shown & set(self.media)))
        return replace(item, media=media)

    def skipped(self, *why: Notice) -> Skipped:
        """The question left out."""
        return Skipped(self.name, (*why, *self.notices), Source(self.format, self.place))


def _one_language(html: str, language: str) -> Texts:
    return {language: html}


def all_texts(item: Item) -> list[Texts]:
    """Every text of HTML that an item has."""
    lists = [option for options in item.gaps.values() for option in options]
    options = [*item.options, *item.answers, *lists]
    return [
        *(item.stem, item.passage, item.feedback, item.reason, item.authority, item.marker_notes),
        *(item.when_right, item.when_partly, item.when_wrong),
        *(text for option in options for text in (option.text, option.feedback)),
        *(reply.feedback for reply in item.replies),
        *(hint.text for hint in item.hints),
    ]


def used_media(item: Item) -> list[str]:
    """The names of the media that the texts show."""
    return [name for texts in all_texts(item) for html in texts.values() for name in markup.media_names(html)]
