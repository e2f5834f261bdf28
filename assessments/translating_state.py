"""What a translated text is worth beside its source, and what it was made from. Pure.

``noted`` holds, by language and text, the wording from which a translation was made where the source
says something else by now. A translation of which nothing is noted was made from the present source.
"""

from collections.abc import Mapping

from translation.readiness import State, source_hash

# the words of each text by language
Wordings = Mapping[str, Mapping[str, str]]
Noted = Mapping[str, Mapping[str, str]]


def digest(words: str) -> str:
    """The hash of a wording; line ends and what stands around it make no difference."""
    return source_hash(words.replace("\r\n", "\n").strip())


def is_same(one: str, other: str) -> bool:
    """Whether two wordings say the same."""
    return digest(one) == digest(other)


def state_of(
    source: str,
    translation: str,
    made_from: str | None = None,
    *,
    may_be_blank: bool = False,
    stands_alone: bool = False,
) -> State:
    """Tell missing, current or stale.

    A translation of what the source no longer says is stale, unless it ``stands_alone``; what
    ``may_be_blank`` is never missing.
    """
    if not translation.strip():
        return State.CURRENT if may_be_blank or not source.strip() else State.MISSING
    if not source.strip():
        return State.CURRENT if stands_alone else State.STALE
    stale = made_from is not None and not is_same(made_from, source)
    return State.STALE if stale else State.CURRENT


def followed(noted: Noted, before: Wordings, after: Wordings, source: str) -> dict[str, dict[str, str]]:
    """What is noted once a version has taken the place of another; ``source`` is their source language.

    A translation that was written anew was made from what the source says now; one that stayed, from
    what it said before. One whose source says again what it was made from is current again.
    """
    found: dict[str, dict[str, str]] = {}
    for name, words in after.items():
        was = before.get(name, {})
        for language, translation in words.items():
            stayed = is_same(translation, was.get(language, ""))
            if language == source or not translation.strip() or not stayed:
                continue
            made_from = noted.get(language, {}).get(name, was.get(source, ""))
            if not is_same(made_from, words.get(source, "")):
                found.setdefault(language, {})[name] = made_from
    return found
