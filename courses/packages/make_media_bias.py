"""Make the media of the course on judging without bias from the words of its lessons.

    python courses/packages/make_media_bias.py

writes into courses/packages/judging-without-bias/media/:

- belief-attitude-conduct.png: a diagram without words, hence one file for all languages;
- reversal-test.mp4, .jpg (poster), .mp3 (sound only): slides without words, spoken in English by a
  computer voice, and one .vtt of captions per language, which holds the transcript of the lesson;
- five-steps.mp3 and its captions: the transcript of the sound block of the third lesson;
- bench-card-<language>.pdf: one page drawn from the steps of the third lesson.

Needs what make_media.py needs. Paragraphs of the transcript and slides belong together one to one.
"""

import tempfile
import wave
from pathlib import Path
from typing import Any

import yaml
from make_media import (
    BAND,
    FONTS,
    GOLD,
    HERE,
    INK,
    MUTED,
    PAUSE,
    RULE,
    at,
    join,
    paragraphs,
    person,
    run,
    sentences,
    svg,
    to_mp3,
)
from reportlab.lib.colors import HexColor
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.platypus import Paragraph, SimpleDocTemplate, Spacer

PACKAGE = HERE / "judging-without-bias"
MEDIA = PACKAGE / "media"
MODULE = PACKAGE / "modules" / "01-bias-and-the-judge"
LANGUAGES = ("en", "es")
VOICE = ("-v", "en-gb", "-s", "155", "-g", "4")
Times = list[tuple[float, float]]
"""Begin and end of each paragraph, in seconds."""

DISCLAIMER = {
    "en": "Training material, not legal advice.",
    "es": "Material de formación; no es asesoramiento jurídico.",
}


def blocks(lesson: str, kind: str) -> list[dict[str, Any]]:
    """The blocks of one kind in a lesson of the first module, in order."""
    body = yaml.safe_load((MODULE / lesson).read_text("utf-8"))["body"]
    return [block for block in body if block["type"] == kind]


# --- pictures, in a box of 100 × 100 -----------------------------------------------------------

ONE = person(50)
OTHER = (
    person(50)
    .replace("<circle", f'<circle fill="{GOLD}" style="fill:{GOLD}"')
    .replace("<path", f'<path style="fill:{GOLD}"')
)
FILE = (
    '<rect class="line" x="22" y="12" width="56" height="76" rx="4"/>'
    '<path class="line" d="M34 32h32M34 48h32M34 64h20"/>'
)
THOUGHT = (
    '<path class="line" d="M26 62a19 19 0 1 1 4-37 21 21 0 0 1 38-2 19 19 0 1 1 4 39z"/>'
    '<circle cx="30" cy="76" r="6"/><circle cx="20" cy="90" r="4"/>'
)
ARROW = '<path class="line" d="M10 50h74M64 30l22 20-22 20"/>'
SWAP = '<path class="line" d="M12 36h70M64 18l20 18M88 64H18M36 82L16 64"/>'
LENS = '<circle class="line" cx="44" cy="44" r="26"/><path class="line" d="M64 64l24 24"/>'
TICK = f'<path d="M16 54l24 24 44-54" fill="none" stroke="{GOLD}" stroke-width="10" style="fill:none"/>'
CROSS = f'<path d="M22 22l56 56M78 22L22 78" stroke="{MUTED}" stroke-width="10" fill="none"/>'
GAVEL = (
    '<rect x="14" y="80" width="50" height="9" rx="3"/>'
    '<g transform="rotate(-38 50 40)"><rect x="34" y="18" width="30" height="34" rx="4"/>'
    '<rect x="64" y="31" width="40" height="9" rx="4"/></g>'
)


def balance(tilt: int) -> str:
    """A pair of scales whose beam is turned by some degrees."""
    return (
        '<path class="line" d="M50 22v62M30 88h40"/>'
        f'<g transform="rotate({tilt} 50 24)"><path class="line" d="M14 24h72"/>'
        '<path class="line" d="M14 24L4 56h20zM86 24L76 56h20z"/></g>'
    )


def _discs(*pictures: str) -> str:
    """Three pictures in discs, in a row of a slide."""
    places = (70, 260, 450)
    return "".join(
        f'<circle class="disc" cx="{x + 60}" cy="180" r="76" style="fill:{BAND}"/>' + at(x + 14, 134, 92, p)
        for x, p in zip(places, pictures, strict=True)
    )


SLIDES = (
    svg(640, 360, _discs(FILE, ARROW, ONE)),
    svg(640, 360, _discs(ONE, THOUGHT, GAVEL)),
    svg(640, 360, _discs(ONE, SWAP, OTHER)),
    svg(640, 360, _discs(OTHER, THOUGHT, balance(0))),
    svg(640, 360, _discs(OTHER, balance(0), TICK)),
    svg(640, 360, _discs(OTHER, balance(18), CROSS)),
    svg(640, 360, _discs(LENS, ARROW, FILE)),
)


def draw(drawing: str, target: Path, work: Path) -> None:
    """Draw an SVG text as a picture."""
    source = work / f"{target.stem}.svg"
    source.write_text(drawing, "utf-8")
    run("ffmpeg", "-y", "-i", source, "-frames:v", "1", target)


def draw_diagram(work: Path) -> None:
    """Draw belief, attitude and conduct, with a lens over the first arrow."""
    parts = [at(30, 100, 160, THOUGHT), at(350, 104, 150, balance(15)), at(610, 100, 160, GAVEL)]
    parts += [at(232, 152, 60, ARROW), at(528, 152, 60, ARROW)]
    lens = LENS.replace('class="line"', f'fill="none" stroke="{GOLD}" stroke-width="6" style="fill:none"')
    draw(svg(800, 360, *parts, at(196, 116, 150, lens)), MEDIA / "belief-attitude-conduct.png", work)


# --- sound, captions, film ---------------------------------------------------------------------


def speak(texts: list[str], target: Path, work: Path) -> Times:
    """Speak paragraphs into one WAV file with a pause after each; return when each is spoken."""
    sounds, times, clock = [], [], 0.0
    for index, text in enumerate(texts):
        path = work / f"{target.stem}-{index}.wav"
        run("espeak-ng", *VOICE, "-w", path, text)
        with wave.open(str(path)) as sound:
            length = sound.getnframes() / sound.getframerate()
        sounds.append(path)
        times.append((clock, clock + length))
        clock += length + PAUSE
    join(sounds, [PAUSE] * len(sounds), target)
    return times


def _clock(seconds: float) -> str:
    minutes, rest = divmod(round(seconds * 1000), 60_000)
    return f"00:{minutes:02}:{rest // 1000:02}.{rest % 1000:03}"


def write_captions(name: str, transcript: dict[str, str], times: Times) -> None:
    """Write the captions; a paragraph's time is shared out by the length of its sentences."""
    for language in LANGUAGES:
        cues = ["WEBVTT"]
        for paragraph, (start, end) in zip(paragraphs(transcript[language]), times, strict=True):
            parts = sentences(paragraph)
            per_letter = (end - start) / sum(map(len, parts))
            for part in parts:
                stop = start + len(part) * per_letter
                cues.append(f"{_clock(start)} --> {_clock(stop)}\n{part}")
                start = stop
        (MEDIA / f"{name}.{language}.vtt").write_text("\n\n".join(cues) + "\n", "utf-8")


def make_film(work: Path) -> None:
    """Make the film of the second lesson, its poster, its sound and its captions."""
    transcript = blocks("02-what-research-shows.yaml", "video")[0]["transcript"]
    sound = work / "film.wav"
    times = speak(paragraphs(transcript["en"]), sound, work)
    listing = []
    for index, (slide, (start, end)) in enumerate(zip(SLIDES, times, strict=True)):
        picture = work / f"slide-{index}.png"
        draw(slide, picture, work)
        listing.append(f"file '{picture}'\nduration {end - start + PAUSE:.3f}")
    (work / "slides.txt").write_text("\n".join([*listing, f"file '{picture}'"]), "utf-8")
    run(
        *("ffmpeg", "-y", "-f", "concat", "-safe", "0", "-i", work / "slides.txt", "-i", sound),
        *("-r", "10", "-c:v", "libx264", "-crf", "26", "-pix_fmt", "yuv420p", "-c:a", "aac"),
        *("-b:a", "48k", "-t", f"{times[-1][1] + PAUSE:.3f}", "-movflags", "+faststart"),
        MEDIA / "reversal-test.mp4",
    )
    run("ffmpeg", "-y", "-i", work / "slide-2.png", "-q:v", "4", MEDIA / "reversal-test.jpg")
    to_mp3(sound, MEDIA / "reversal-test.mp3")
    write_captions("reversal-test", transcript, times)


def make_sound(work: Path) -> None:
    """Speak the five steps of the third lesson."""
    transcript = blocks("03-independence-and-accountability.yaml", "audio")[0]["transcript"]
    sound = work / "five-steps.wav"
    times = speak(paragraphs(transcript["en"]), sound, work)
    to_mp3(sound, MEDIA / "five-steps.mp3")
    write_captions("five-steps", transcript, times)


# --- the bench card ----------------------------------------------------------------------------


def _styles() -> dict[str, ParagraphStyle]:
    faces = {"Card": "Regular", "Card-Bold": "SemiBold", "Card-Italic": "Italic"}
    for name, file in faces.items():
        pdfmetrics.registerFont(TTFont(name, FONTS / f"EBGaramond-{file}.ttf"))
    ink = HexColor(INK)
    return {
        "title": ParagraphStyle("title", fontName="Card-Bold", fontSize=24, leading=30, textColor=ink),
        "step": ParagraphStyle("step", fontName="Card-Bold", fontSize=16, leading=20, textColor=ink),
        "text": ParagraphStyle("text", fontName="Card", fontSize=13, leading=17, leftIndent=14),
        "point": ParagraphStyle(
            "point", fontName="Card-Bold", fontSize=14, leading=19, textColor=ink,
            borderColor=HexColor(RULE), borderWidth=1, borderPadding=8,
        ),
        "foot": ParagraphStyle("foot", fontName="Card-Italic", fontSize=9.5, leading=12, alignment=1),
    }  # fmt: skip


def draw_bench_card(language: str) -> None:
    """Draw the bench card of a language on one page."""
    styles = _styles()
    lesson = "03-independence-and-accountability.yaml"
    title = blocks(lesson, "document")[0]["title"][language]
    story: list[Any] = [Paragraph(title, styles["title"]), Spacer(1, 8 * mm)]
    for number, item in enumerate(blocks(lesson, "steps")[0]["items"], 1):
        story.append(Paragraph(f"{number}. {item['heading'][language]}", styles["step"]))
        story += [Paragraph(item["text"][language], styles["text"]), Spacer(1, 5 * mm)]
    points = [blocks("01-three-words.yaml", "key_point")[0], blocks(lesson, "key_point")[0]]
    for point in points:
        story += [Spacer(1, 4 * mm), Paragraph(point["text"][language], styles["point"])]
        story.append(Spacer(1, 4 * mm))
    story += [Spacer(1, 6 * mm), Paragraph(DISCLAIMER[language], styles["foot"])]
    SimpleDocTemplate(
        str(MEDIA / f"bench-card-{language}.pdf"), pagesize=A4, title=title, lang=language, invariant=1,
        leftMargin=22 * mm, rightMargin=22 * mm, topMargin=20 * mm, bottomMargin=15 * mm,
    ).build(story)  # fmt: skip


def main() -> None:
    """Make all files anew."""
    MEDIA.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder)
        draw_diagram(work)
        make_film(work)
        make_sound(work)
    for language in LANGUAGES:
        draw_bench_card(language)


if __name__ == "__main__":
    main()
