"""Captions in WebVTT: the transcript, timed by the length of its sentences within each slide."""

from __future__ import annotations

import math

from . import lessons

Times = list[tuple[float, float]]
"""Begin and end of each paragraph, in seconds."""

LONGEST = 84
"""Letters in one caption: two lines of 42."""


def webvtt(transcript: list[str], times: Times) -> str:
    """The captions of the plain paragraphs of a transcript; their words together are the transcript's."""
    cues = ["WEBVTT"]
    for paragraph, (start, end) in zip(transcript, times, strict=True):
        parts = [part for sentence in lessons.sentences(paragraph) for part in _split(sentence)]
        per_letter = (end - start) / sum(map(len, parts))
        for part in parts:
            stop = start + len(part) * per_letter
            cues.append(f"{_clock(start)} --> {_clock(stop)}\n{part}")
            start = stop
    return "\n\n".join(cues) + "\n"


def _split(sentence: str) -> list[str]:
    """Cut a sentence that is too long for one caption, after a comma where one is near."""
    count = math.ceil(len(sentence) / LONGEST)
    if count == 1:
        return [sentence]
    middle = len(sentence) / count
    spaces = [n for n, letter in enumerate(sentence) if letter == " "]
    near = [n for n in spaces if abs(n - middle) < LONGEST / 4] or spaces
    at = min(near, key=lambda n: abs(n - middle) - (14 if sentence[n - 1] in ",;:،—" else 0))
    return [sentence[:at], *_split(sentence[at + 1 :])]


def _clock(seconds: float) -> str:
    minutes, rest = divmod(round(seconds * 1000), 60_000)
    return f"00:{minutes:02}:{rest // 1000:02}.{rest % 1000:03}"
