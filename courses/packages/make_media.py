"""Make the media of the course on trafficking and smuggling from the words of its lessons.

    python courses/packages/make_media.py

writes into courses/packages/trafficking-smuggling/media/:

- elements-diagram.png: the diagram of the elements, without words, hence one file for all languages;
- facts-into-columns.mp4, .jpg (poster), .mp3 (sound only) and one .vtt of captions per language: slides
  without words, spoken in Spanish by a computer voice; the captions hold the transcript of the lesson;
- two-words-es.mp3: the transcript of the sound block of the first lesson, spoken in Spanish;
- bench-card-<language>.pdf: one page drawn from the blocks of lessons 2 and 3.

Needs the programs ffmpeg (with librsvg, libx264 and libmp3lame) and espeak-ng; of Python PyYAML and
reportlab. The fonts of the bench card are those of the certificates. Run it again after a change of
words: paragraphs of the transcript and slides belong together one to one.
"""

import subprocess
import tempfile
import wave
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml
from reportlab.lib.colors import HexColor
from reportlab.lib.enums import TA_CENTER
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.platypus import Paragraph, SimpleDocTemplate, Spacer, Table, TableStyle

HERE = Path(__file__).resolve().parent
PACKAGE = HERE / "trafficking-smuggling"
MEDIA = PACKAGE / "media"
MODULE = PACKAGE / "modules" / "01-foundations"
FONTS = HERE.parents[1] / "certificates" / "pdf" / "fonts"
LANGUAGES = ("es", "en")

PAPER, INK, BAND, GOLD, MUTED, RULE = "#fbfaf6", "#10284b", "#eaeff7", "#ad7c22", "#6b7384", "#d8d3c5"
VOICE = ("-v", "es-419", "-s", "150", "-g", "4")
PAUSE = 0.7  # seconds of silence after a slide

DISCLAIMER = {
    "es": "Material de formación; no es asesoramiento jurídico. Compruebe su ley y la fecha de su texto.",
    "en": "Training material, not legal advice. Check your law and the date of its text.",
}


def blocks(lesson: str, kind: str) -> list[dict[str, Any]]:
    """The blocks of one kind in a lesson of the first module, in order."""
    body = yaml.safe_load((MODULE / lesson).read_text("utf-8"))["body"]
    return [block for block in body if block["type"] == kind]


def run(*command: str | Path) -> None:
    """Run a program; CalledProcessError if it fails."""
    subprocess.run([str(part) for part in command], check=True, capture_output=True)


# --- pictures, in a box of 100 × 100 -----------------------------------------------------------------

PERSON = '<circle cx="{x}" cy="34" r="11"/><path d="M{l} 78c0-20 7-29 18-29s18 9 18 29z"/>'


def person(x: int) -> str:
    """A figure whose middle is at x."""
    return PERSON.format(x=x, l=x - 18)


ACT = person(70) + '<path class="line" d="M8 58h32M30 46l12 12-12 12"/>'
MEANS = "".join(f'<rect class="line" x="{x}" y="40" width="34" height="20" rx="10"/>' for x in (8, 33, 58))
PURPOSE = (
    '<circle class="line" cx="50" cy="50" r="36"/><circle class="line" cx="50" cy="50" r="21"/>'
    '<circle cx="50" cy="50" r="8"/>'
)
CHILD = f'<g transform="translate(22 34) scale(.56)">{person(50)}</g>'
ADULT = person(50)
STYLE = (
    f"<style>.line{{fill:none;stroke:{INK};stroke-width:5;stroke-linecap:round;stroke-linejoin:round}}"
    f"path,circle,rect{{fill:{INK}}}.paper{{fill:{PAPER}}}.column{{fill:#ffffff;stroke:{RULE};stroke-width:2}}"
    f".now{{fill:#fbf4e2;stroke:{GOLD};stroke-width:4}}.off{{fill:{PAPER};stroke:{MUTED};stroke-width:2;"
    f"stroke-dasharray:8 8}}.disc{{fill:{BAND}}}.plus{{fill:none;stroke:{MUTED};stroke-width:5;"
    f"stroke-linecap:round}}.fact{{fill:{GOLD}}}.free{{fill:{MUTED}}}.none{{fill:none}}</style>"
)


def svg(width: int, height: int, *parts: str) -> str:
    """A drawing on the paper colour of the site."""
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" '
        f'width="{width}" height="{height}">{STYLE}<rect class="paper" width="{width}" height="{height}"/>'
        + "".join(parts)
        + "</svg>"
    )


def at(x: float, y: float, size: float, picture: str) -> str:
    """A picture of 100 × 100 set at a place in a size."""
    return f'<g transform="translate({x} {y}) scale({size / 100})">{picture}</g>'


def _row(y: int, figure: str, pictures: tuple[str, ...]) -> Iterator[str]:
    """One line of the diagram: a figure, then the discs of what has to be proved, joined by plus signs."""
    yield at(30, y + 20, 120, figure)
    yield f'<path class="plus" d="M170 {y + 20}v120" style="stroke-width:2"/>'
    for index, picture in enumerate(pictures):
        x = 200 + index * 205
        yield f'<circle class="disc" cx="{x + 75}" cy="{y + 80}" r="75"/>'
        yield at(x + 27, y + 32, 96, picture)
        if index:
            yield f'<path class="plus" d="M{x - 27} {y + 66}v28M{x - 41} {y + 80}h28"/>'


def draw_diagram(work: Path) -> None:
    """Draw the diagram of the elements, for an adult and for a child."""
    drawing = work / "diagram.svg"
    adult, child = _row(30, ADULT, (ACT, MEANS, PURPOSE)), _row(230, CHILD, (ACT, PURPOSE))
    line = f'<path d="M30 210h740" stroke="{RULE}" stroke-width="2"/>'
    drawing.write_text(svg(800, 420, *adult, line, *child), "utf-8")
    run("ffmpeg", "-y", "-i", drawing, "-frames:v", "1", MEDIA / "elements-diagram.png")


COLUMNS = (40, 235, 430)
FACTS = ((0, 190), (1, 190), (1, 225), (2, 190), (2, 225))
"""Where the facts lie: column and height, in the order in which they are sorted."""


def _slide(
    now: int | None, facts: int, *, child: bool = False, outside: bool = False, hollow: bool = False
) -> str:
    """One slide: three columns, the one spoken of marked, and the facts sorted so far."""
    parts = []
    for index, (x, picture) in enumerate(zip(COLUMNS, (ACT, MEANS, PURPOSE), strict=True)):
        kind = "now" if index == now else "off" if child and index == 1 else "column"
        parts.append(f'<rect class="{kind}" x="{x}" y="30" width="170" height="250" rx="10"/>')
        parts.append(at(x + 45, 45, 80, picture))
    for column, y in FACTS[:facts]:
        if not (child and column == 1) and not (hollow and column == 2):
            parts.append(
                f'<rect class="fact" x="{COLUMNS[column] + 25}" y="{y}" width="120" height="20" rx="5"/>'
            )
    if outside:
        parts.append('<rect class="free" x="260" y="310" width="120" height="20" rx="5"/>')
    if child:
        parts.append(at(285, 285, 70, CHILD))
    return svg(640, 360, *parts)


SLIDES = (
    _slide(None, 0),
    _slide(0, 1),
    _slide(1, 3),
    _slide(2, 5),
    _slide(None, 5, outside=True),
    _slide(None, 5, child=True),
    _slide(2, 5, hollow=True),
)


# --- sound, captions, film ---------------------------------------------------------------------------


def sentences(paragraph: str) -> list[str]:
    """The sentences of a paragraph of a transcript."""
    return [f"{part.rstrip('.')}." for part in paragraph.split(". ")]


def paragraphs(text: str) -> list[str]:
    """The paragraphs of a text of a package."""
    return text.strip().split("\n\n")


def speak(text: str, target: Path) -> float:
    """Speak a text into a WAV file and return its length in seconds."""
    run("espeak-ng", *VOICE, "-w", target, text)
    with wave.open(str(target)) as sound:
        return sound.getnframes() / sound.getframerate()


def join(sounds: list[Path], pauses: list[float], target: Path) -> None:
    """Join sounds into one WAV file, each followed by its pause in seconds."""
    with wave.open(str(target), "wb") as out:
        for index, (path, pause) in enumerate(zip(sounds, pauses, strict=True)):
            with wave.open(str(path)) as sound:
                if not index:
                    out.setparams(sound.getparams())
                out.writeframes(sound.readframes(sound.getnframes()))
                out.writeframes(b"\0\0" * int(pause * sound.getframerate()))


def to_mp3(sound: Path, target: Path) -> None:
    """Write a small mono MP3."""
    run("ffmpeg", "-y", "-i", sound, "-ac", "1", "-ar", "22050", "-b:a", "40k", target)


def _clock(seconds: float) -> str:
    minutes, rest = divmod(round(seconds * 1000), 60_000)
    return f"00:{minutes:02}:{rest // 1000:02}.{rest % 1000:03}"


def write_captions(transcript: dict[str, str], times: list[tuple[float, float]]) -> None:
    """Write the captions of each language; a slide's time is shared out by the length of its sentences."""
    for language in LANGUAGES:
        cues = ["WEBVTT"]
        for paragraph, (start, end) in zip(paragraphs(transcript[language]), times, strict=True):
            parts = sentences(paragraph)
            per_letter = (end - start) / sum(map(len, parts))
            for part in parts:
                stop = start + len(part) * per_letter
                cues.append(f"{_clock(start)} --> {_clock(stop)}\n{part}")
                start = stop
        (MEDIA / f"facts-into-columns.{language}.vtt").write_text("\n\n".join(cues) + "\n", "utf-8")


def make_film(work: Path) -> None:
    """Make the slide film, its poster, its sound and its captions."""
    transcript = blocks("02-act-means-purpose.yaml", "video")[0]["transcript"]
    sounds, times, listing, clock = [], [], [], 0.0
    for index, (text, slide) in enumerate(zip(paragraphs(transcript["es"]), SLIDES, strict=True)):
        sounds.append(work / f"{index}.wav")
        length = speak(text, sounds[-1])
        times.append((clock, clock + length))
        clock += length + PAUSE
        drawing, picture = work / f"{index}.svg", work / f"{index}.png"
        drawing.write_text(slide, "utf-8")
        run("ffmpeg", "-y", "-i", drawing, "-frames:v", "1", picture)
        listing.append(f"file '{picture}'\nduration {length + PAUSE:.3f}")
    (work / "slides.txt").write_text("\n".join([*listing, f"file '{picture}'"]), "utf-8")
    sound = work / "film.wav"
    join(sounds, [PAUSE] * len(sounds), sound)
    film = MEDIA / "facts-into-columns.mp4"
    pictures = ("-f", "concat", "-safe", "0", "-i", work / "slides.txt", "-i", sound)
    coding = (
        "-r",
        "10",
        "-c:v",
        "libx264",
        "-crf",
        "26",
        "-pix_fmt",
        "yuv420p",
        "-c:a",
        "aac",
        "-b:a",
        "48k",
    )
    run("ffmpeg", "-y", *pictures, *coding, "-t", f"{clock:.3f}", "-movflags", "+faststart", film)
    run("ffmpeg", "-y", "-i", work / "3.png", "-q:v", "4", MEDIA / "facts-into-columns.jpg")
    to_mp3(sound, MEDIA / "facts-into-columns.mp3")
    write_captions(transcript, times)


def make_sound(work: Path) -> None:
    """Speak the transcript of the sound block of the first lesson."""
    parts = paragraphs(blocks("01-two-protocols.yaml", "audio")[0]["transcript"]["es"])
    sounds = [work / f"words-{index}.wav" for index in range(len(parts))]
    for text, path in zip(parts, sounds, strict=True):
        speak(text, path)
    join(sounds, [PAUSE] * len(sounds), work / "words.wav")
    to_mp3(work / "words.wav", MEDIA / "two-words-es.mp3")


# --- the bench card ----------------------------------------------------------------------------------


def _styles() -> dict[str, ParagraphStyle]:
    for name, file in (("Card", "Regular"), ("Card-Bold", "SemiBold"), ("Card-Italic", "Italic")):
        pdfmetrics.registerFont(TTFont(name, FONTS / f"EBGaramond-{file}.ttf"))
    ink, muted = HexColor(INK), HexColor("#465063")
    return {
        "title": ParagraphStyle("title", fontName="Card-Bold", fontSize=23, leading=28, textColor=ink),
        "heading": ParagraphStyle("heading", fontName="Card-Bold", fontSize=15, leading=19, textColor=ink),
        "note": ParagraphStyle("note", fontName="Card-Italic", fontSize=11.5, leading=15, textColor=muted),
        "text": ParagraphStyle(
            "text",
            fontName="Card",
            fontSize=12,
            leading=15.5,
            spaceAfter=3,
            leftIndent=13,
            bulletFontName="Card",
            bulletFontSize=12,
        ),
        "point": ParagraphStyle("point", fontName="Card-Bold", fontSize=12.5, leading=16.5, textColor=ink),
        "foot": ParagraphStyle("foot", fontName="Card-Italic", fontSize=9.5, leading=12, alignment=TA_CENTER),
    }


def _cards(block: dict[str, Any], language: str, styles: dict[str, ParagraphStyle]) -> Table:
    cells = [
        [
            Paragraph(card["heading"][language], styles["heading"]),
            Paragraph(card["note"][language], styles["note"]),
            Spacer(1, 2 * mm),
            *(Paragraph(item[language], styles["text"], bulletText="–") for item in card["items"]),
        ]
        for card in block["cards"]
    ]
    table = Table([cells], colWidths=[170 * mm / len(cells)] * len(cells))
    rule = HexColor(RULE)
    table.setStyle(TableStyle([("BOX", (0, 0), (-1, -1), 1, rule), ("INNERGRID", (0, 0), (-1, -1), 1, rule),
                               ("VALIGN", (0, 0), (-1, -1), "TOP"), ("TOPPADDING", (0, 0), (-1, -1), 7),
                               ("BOTTOMPADDING", (0, 0), (-1, -1), 8)]))  # fmt: skip
    return table


def draw_bench_card(language: str) -> None:
    """Draw the bench card of a language on one page."""
    styles = _styles()
    lesson = "02-act-means-purpose.yaml"
    document, elements = blocks(lesson, "document")[0], blocks(lesson, "elements")[0]
    point = blocks(lesson, "key_point")[0]
    steps = blocks("03-trafficking-or-smuggling.yaml", "steps")[0]
    title = document["title"][language]
    story: list[Any] = [
        Paragraph(title, styles["title"]),
        Spacer(1, 5 * mm),
        _cards(elements, language, styles),
        Spacer(1, 3 * mm),
        Paragraph(elements["summary"][language], styles["point"]),
        Spacer(1, 3 * mm),
        Paragraph(point["text"][language], styles["point"]),
        Spacer(1, 7 * mm),
        Paragraph(steps["heading"][language], styles["heading"]),
        Spacer(1, 2 * mm),
    ]
    for number, item in enumerate(steps["items"], 1):
        words = f"<font name='Card-Bold'>{item['heading'][language]}</font> {item['text'][language]}"
        story.append(Paragraph(words, styles["text"], bulletText=f"{number}."))
    story += [Spacer(1, 7 * mm), Paragraph(DISCLAIMER[language], styles["foot"])]
    SimpleDocTemplate(
        str(MEDIA / f"bench-card-{language}.pdf"), pagesize=A4, title=title, lang=language, invariant=1,
        leftMargin=20 * mm, rightMargin=20 * mm, topMargin=18 * mm, bottomMargin=15 * mm,
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
