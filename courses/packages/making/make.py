"""Make the media of the courses from the words of their lessons.

    python -m courses.packages.making [course] [module] [--only videos|cards|diagrams] [--language es]

`course` and `module` are parts of their folders' names. Writes into the `media/` folder of each course:

- for every video block: the film, its still picture, its sound and captions in each language of the
  transcript; each paragraph of the transcript is one slide, its bold lead the heading;
- for every sound block: the sound, and captions where the block names them;
- for every card in `cards/<course>/<module>.yaml`: one page as PDF in each of its languages;
- for every picture block that names a diagram of `diagrams.yaml`: an SVG file in each language it names.

`--language` speaks the videos in another language, into files beside the first ones; it also limits
cards and diagrams to that language. Needs the programs ffmpeg (with librsvg, libx264, libmp3lame) and
espeak-ng for videos; without a voice for the language they are silent, with captions.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from . import cards, diagrams, lessons, videos

KINDS: dict[str, Callable[[lessons.Module, str], list[Path]]] = {
    "videos": videos.make_videos,
    "cards": cards.make_cards,
    "diagrams": diagrams.make_diagrams,
}


def main(arguments: Sequence[str] | None = None) -> int:
    """Make what is asked for; the number of things that could not be made is the exit code."""
    parser = argparse.ArgumentParser(prog="python -m courses.packages.making")
    parser.add_argument("course", nargs="?", default="")
    parser.add_argument("module", nargs="?", default="")
    parser.add_argument("--only", choices=tuple(KINDS))
    parser.add_argument("--language", default="")
    asked = parser.parse_args(arguments)
    faults = 0
    for module in lessons.modules(asked.course, asked.module):
        for kind in (asked.only,) if asked.only else KINDS:
            try:
                _say(KINDS[kind](module, asked.language))
            except (ValueError, RuntimeError, KeyError) as problem:
                faults += 1
                sys.stderr.write(f"{module.course} {module.folder}, {kind}: {problem}\n")
    return faults


def _say(made: list[Path]) -> None:
    for path in made:
        sys.stdout.write(f"{path.relative_to(lessons.PACKAGES)} {path.stat().st_size:,}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
