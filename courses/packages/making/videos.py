"""The video and sound blocks of the lessons: slides from their transcripts, spoken and captioned."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from . import captions, lessons, pictograms, record, slides, voice
from .captions import Times
from .lessons import CARDS, Module

PAUSE, LONGEST_PAUSE = 0.9, 2.6  # seconds of silence after a slide
SHORTEST_VIDEO, LONGEST_VIDEO = 61.0, 119.0
MOST_BYTES = 3 * 1024 * 1024
WORDS = lessons.load(CARDS.parent / "words.yaml")

FILM = (
    *("-r", "10", "-c:v", "libx264", "-profile:v", "baseline", "-level", "3.0", "-preset", "slow"),
    *("-tune", "stillimage", "-crf", "25", "-g", "300", "-pix_fmt", "yuv420p"),
    *("-c:a", "aac", "-ac", "1", "-ar", "44100", "-b:a", "56k", "-movflags", "+faststart"),
)


class BadTranscript(ValueError):
    """A video cannot be made from this transcript; the message names the file."""


@dataclass(frozen=True, slots=True)
class Spoken:
    """A transcript as sound: the file, when each paragraph is spoken, and its length."""

    sound: Path
    times: Times
    length: float


def make_videos(module: Module, language: str = "") -> list[Path]:
    """Make every video and sound block of a module; in a language given, beside the others' files."""
    made: list[Path] = []
    for lesson, block in module.blocks("video"):
        for spoken, file in _wanted(module, block["file"], language):
            made += _video(module, lesson, block, spoken, file)
    for lesson, block in module.blocks("audio"):
        for spoken, file in _wanted(module, block["file"], language):
            made += _audio(module, lesson, block, spoken, file)
    return made


def _wanted(module: Module, file: str | dict[str, str], language: str) -> list[tuple[str, Path]]:
    """The languages to be spoken and the file of each."""
    files = file if isinstance(file, dict) else {module.source_language: file}
    if language and language not in files:
        name = Path(next(iter(files.values())))
        files = {language: str(name.with_name(f"{name.stem}.{language}{name.suffix}"))}
    elif language:
        files = {language: files[language]}
    return [(spoken, module.media.parent / name) for spoken, name in files.items()]


def _video(module: Module, lesson: Path, block: dict[str, Any], language: str, file: Path) -> list[Path]:
    transcript = _transcript(lesson, block)
    title = lessons.plain(block["title"].get(language) or block["title"][module.source_language])
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder)
        said = _speak(transcript[language], language, work, lesson)
        pictures = _draw(module, block, transcript, language, work)
        poster = work / "poster.jpg"
        voice.run("ffmpeg", "-y", "-i", pictures[0], *voice.EXACT, "-q:v", "3", poster)
        ends = [start for start, _end in said.times[1:]] + [said.length]
        _film(pictures[1:], ends, said, work, file, language=language, title=title)
        if file.stat().st_size >= MOST_BYTES:
            raise BadTranscript(f"{lesson}: the video has {file.stat().st_size} bytes")
        still, sound = file.with_suffix(".jpg"), file.with_suffix(".mp3")
        still.write_bytes(poster.read_bytes())
        voice.write_mp3(said.sound, sound, language=language, title=title)
    record.note(file, transcript[language])
    return [file, still, sound, *_captions(module, block, transcript, said, file, language)]


def _audio(module: Module, lesson: Path, block: dict[str, Any], language: str, file: Path) -> list[Path]:
    transcript = _transcript(lesson, block)
    title = lessons.plain(block["title"].get(language) or block["title"][module.source_language])
    with tempfile.TemporaryDirectory() as folder:
        said = _speak(transcript[language], language, Path(folder), None)
        voice.write_mp3(said.sound, file, language=language, title=title)
    record.note(file, transcript[language])
    if not block.get("captions"):
        return [file]
    return [file, *_captions(module, block, transcript, said, file, language)]


def _transcript(lesson: Path, block: dict[str, Any]) -> dict[str, list[str]]:
    """The paragraphs of each language; raises BadTranscript when they do not match."""
    found = {language: lessons.paragraphs(text) for language, text in block["transcript"].items()}
    if len({len(parts) for parts in found.values()}) > 1:
        counts = {language: len(parts) for language, parts in found.items()}
        raise BadTranscript(f"{lesson}: {block['id']} has unequal numbers of paragraphs: {counts}")
    return found


def _speak(paragraphs: list[str], language: str, work: Path, lesson: Path | None) -> Spoken:
    """Speak all paragraphs; the pauses make a short video (that of a lesson) long enough."""
    sounds = [work / f"{index}.wav" for index in range(len(paragraphs))]
    lengths = [
        voice.speak(lessons.plain(text), language, path)
        for text, path in zip(paragraphs, sounds, strict=True)
    ]
    pause = PAUSE
    if lesson:
        pause = min(max(PAUSE, (SHORTEST_VIDEO - sum(lengths)) / len(lengths)), LONGEST_PAUSE)
    whole = sum(lengths) + pause * len(lengths)
    if lesson and not SHORTEST_VIDEO - 0.5 <= whole <= LONGEST_VIDEO:
        raise BadTranscript(f"{lesson}: the video would last {whole:.0f} seconds, not 60 to 120")
    times, clock = [], 0.0
    for length in lengths:
        times.append((clock, clock + length))
        clock += length + pause
    voice.join(sounds, pause, work / "whole.wav")
    return Spoken(work / "whole.wav", times, clock)


def _draw(
    module: Module, block: dict[str, Any], transcript: dict[str, list[str]], language: str, work: Path
) -> list[Path]:
    """Draw the still picture and the slides as PNG."""
    frame = slides.Frame(
        language,
        module.course_data["title"].get(language, ""),
        module.data["title"].get(language) or module.data["title"][module.source_language],
        WORDS["slide"][language],
    )
    # the pictures are chosen by the English words, so that they are the same in every language
    about = [lessons.heading_and_rest(text) for text in transcript.get("en") or transcript[language]]
    chosen: list[str] = []
    for heading, text in about:
        chosen.append(pictograms.fitting(heading, text, chosen))
    title = lessons.plain(block["title"].get(language) or "").split(" (")[0]
    drawings = [slides.title_slide(frame, title, chosen[0])]
    count = len(chosen)
    for number, (text, name) in enumerate(zip(transcript[language], chosen, strict=True), 1):
        heading, rest = lessons.heading_and_rest(text)
        drawings.append(slides.slide(frame, number, count, heading, rest, name))
    made = []
    for number, drawing in enumerate(drawings):
        source, target = work / f"slide-{number}.svg", work / f"slide-{number}.png"
        source.write_text(drawing, "utf-8")
        voice.run("ffmpeg", "-y", "-i", source, "-frames:v", "1", target)
        made.append(target)
    return made


def _film(
    pictures: list[Path],
    ends: list[float],
    said: Spoken,
    work: Path,
    file: Path,
    *,
    language: str,
    title: str,
) -> None:
    listing, start = [], 0.0
    for picture, end in zip(pictures, ends, strict=True):
        listing.append(f"file '{picture}'\nduration {end - start:.3f}")
        start = end
    (work / "slides.txt").write_text("\n".join([*listing, f"file '{pictures[-1]}'"]), "utf-8")
    file.parent.mkdir(exist_ok=True)
    voice.run(
        *("ffmpeg", "-y", "-f", "concat", "-safe", "0", "-i", work / "slides.txt", "-i", said.sound),
        *voice.EXACT,
        *("-metadata", f"title={title}", "-metadata:s:a:0", f"language={voice.CODES[language]}"),
        *("-t", f"{said.length:.3f}"),
        *FILM,
        file,
    )


def _captions(
    module: Module,
    block: dict[str, Any],
    transcript: dict[str, list[str]],
    said: Spoken,
    file: Path,
    language: str,
) -> list[Path]:
    """Write the captions of all languages that are shown this film: each film has its own times."""
    name = file.relative_to(module.media.parent).as_posix()
    films = block["file"] if isinstance(block["file"], dict) else dict.fromkeys(transcript, block["file"])
    named = {
        code: target for code, target in (block.get("captions") or {}).items() if films.get(code) == name
    }
    made = []
    for code in [code for code in transcript if films.get(code) == name] or [language]:
        beside = file.with_name(f"{file.stem}.{code}.vtt")
        target = module.media.parent / named[code] if code in named else beside
        words = [lessons.plain(text) for text in transcript[code]]
        target.write_text(captions.webvtt(words, said.times), "utf-8")
        made.append(target)
    return made
