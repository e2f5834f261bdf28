"""Speech and sound: espeak-ng speaks, ffmpeg writes the files. Times are in seconds."""

from __future__ import annotations

import subprocess
import wave
from functools import cache
from pathlib import Path

RATE = 22050
PACES = {"es": 150, "en": 155, "pt": 150, "fr": 150, "ar": 140, "bn": 140}
"""Words a minute. A court's reader takes more time than a newsreader."""
VOICES = {"es": "es-419", "en": "en-gb", "pt": "pt-br", "fr": "fr-fr", "ar": "ar", "bn": "bn"}
CODES = {"es": "spa", "en": "eng", "pt": "por", "fr": "fra", "ar": "ara", "bn": "ben"}
"""ISO 639-2, which media files name a language by."""

EXACT = ("-map_metadata", "-1", "-fflags", "+bitexact", "-flags:v", "+bitexact", "-flags:a", "+bitexact")
"""What makes ffmpeg write the same bytes for the same input."""
SILENT_PACE = 13.0
"""Letters a second a reader needs where no voice speaks."""


def run(*command: str | Path) -> str:
    """Run a program and return what it printed; raises RuntimeError with its complaint."""
    done = subprocess.run([str(part) for part in command], capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(f"{command[0]}: {done.stderr.strip()[-600:]}")
    return done.stdout


@cache
def has(language: str) -> bool:
    """Whether there is a voice for the language here."""
    voice = VOICES.get(language)
    if not voice:
        return False
    listed = [line.split() for line in run("espeak-ng", "--voices").splitlines()[1:]]
    return any(fields[1] == voice for fields in listed if len(fields) > 1)


def speak(words: str, language: str, target: Path) -> float:
    """Speak words into a WAV file, or keep as long silent as reading takes; returns its length."""
    if has(language):
        voice = ("-v", VOICES[language], "-s", str(PACES[language]), "-g", "4")
        run("espeak-ng", *voice, "-w", target, "--", words)
    else:
        with wave.open(str(target), "wb") as sound:
            sound.setparams((1, 2, RATE, 0, "NONE", ""))
            sound.writeframes(b"\0\0" * int(max(5.0, len(words) / SILENT_PACE) * RATE))
    with wave.open(str(target)) as sound:
        return sound.getnframes() / sound.getframerate()


def join(sounds: list[Path], pause: float, target: Path) -> None:
    """Join WAV files into one, each followed by a pause."""
    with wave.open(str(target), "wb") as out:
        for index, path in enumerate(sounds):
            with wave.open(str(path)) as sound:
                if not index:
                    out.setparams(sound.getparams())
                out.writeframes(sound.readframes(sound.getnframes()))
                out.writeframes(b"\0\0" * int(pause * sound.getframerate()))


def write_mp3(sound: Path, target: Path, *, language: str, title: str) -> None:
    """Write the sound alone, mono."""
    coding = ("-ac", "1", "-ar", str(RATE), "-c:a", "libmp3lame", "-b:a", "48k", "-write_xing", "1")
    named = ("-metadata", f"title={title}", "-metadata", f"TLAN={CODES[language]}", "-id3v2_version", "3")
    run("ffmpeg", "-y", "-i", sound, *EXACT, *named, *coding, target)
