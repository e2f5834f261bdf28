"""The interface's catalogues hold every message of the code, and those of this release are complete."""

import re
import shutil
import subprocess
from pathlib import Path

import polib
import pytest
from django.conf import settings

ROOT = Path(settings.ROOT)
LANGUAGES = [code for code, _name in settings.LANGUAGES]
COMPLETE = ("en", "es", "pt", "fr", "ar", "bn")
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%[sd]|\{\w+\}")
TAG = re.compile(r"</?[a-z]+[^>]*>")


def catalogue(language: str) -> polib.POFile:
    return polib.pofile(str(ROOT / "locales" / language / "LC_MESSAGES" / "django.po"))


def key(entry: polib.POEntry) -> tuple[str | None, str, str]:
    return (entry.msgctxt, entry.msgid, entry.msgid_plural)


@pytest.fixture(scope="session")
def messages(tmp_path_factory: pytest.TempPathFactory) -> set[tuple[str | None, str, str]]:
    """Every message of the code, extracted anew into a copy of the tree."""
    assert shutil.which("xgettext"), "gettext is missing; `make system` brings it"
    copy = tmp_path_factory.mktemp("tree")
    for name in ("site", "courses", "assessments", "certificates", "programmes", "translation", "manage.py"):
        source = ROOT / name
        if source.is_dir():
            skip = shutil.ignore_patterns("packages", "fonts", "__pycache__", "migrations")
            shutil.copytree(source, copy / name, ignore=skip)
        else:
            shutil.copy(source, copy / name)
    (copy / "locales" / "en" / "LC_MESSAGES").mkdir(parents=True)
    for path in copy.rglob("*"):
        if path.suffix in {".html", ".txt"}:
            _templatise(path)
    names = [str(p) for p in sorted(copy.rglob("*")) if p.suffix == ".py"]
    keywords = ["gettext_lazy", "ngettext:1,2", "ngettext_lazy:1,2", "pgettext:1c,2", "pgettext_lazy:1c,2"]
    keywords += ["npgettext:1c,2,3", "npgettext_lazy:1c,2,3", "gettext_noop", "_"]
    listing = copy / "files"
    listing.write_text("\n".join(names))
    target = copy / "django.pot"
    command = ["xgettext", "--language=Python", "--from-code=UTF-8", "-f", str(listing), "-o", str(target)]
    subprocess.run([*command, *(f"--keyword={word}" for word in keywords)], check=True, capture_output=True)
    return {key(entry) for entry in polib.pofile(str(target))}


def _templatise(path: Path) -> None:
    from django.utils.translation.template import templatize

    code = templatize(path.read_text(), origin=str(path))
    path.with_name(path.name + ".py").write_text(code)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_catalogue_holds_every_message_of_the_code_and_no_other(
    language: str, messages: set[tuple[str | None, str, str]]
) -> None:
    held = {key(entry) for entry in catalogue(language) if not entry.obsolete}
    assert messages - held == set(), "run `make messages`"
    assert held - messages == set(), "run `make messages`"


@pytest.mark.parametrize("language", COMPLETE)
def test_a_language_of_this_release_has_no_gap(language: str) -> None:
    po = catalogue(language)
    found = re.search(r"nplurals=(\d)", po.metadata["Plural-Forms"])
    assert found
    assert [entry.msgid for entry in po.untranslated_entries()] == []
    assert [entry.msgid for entry in po.fuzzy_entries()] == []
    for entry in po:
        if entry.msgid_plural and not entry.obsolete:
            assert all(entry.msgstr_plural.values()), entry.msgid
            assert len(entry.msgstr_plural) == int(found[1]), entry.msgid


@pytest.mark.parametrize("language", LANGUAGES)
def test_translations_keep_placeholders_and_tags(language: str) -> None:
    for entry in catalogue(language).translated_entries():
        sources = [entry.msgid, entry.msgid_plural] if entry.msgid_plural else [entry.msgid]
        allowed = {name for source in sources for name in PLACEHOLDER.findall(source)}
        for words in entry.msgstr_plural.values() if entry.msgid_plural else [entry.msgstr]:
            assert set(PLACEHOLDER.findall(words)) <= allowed, words
            if not entry.msgid_plural:
                assert set(PLACEHOLDER.findall(words)) == allowed, words
            assert sorted(TAG.findall(words)) == sorted(TAG.findall(entry.msgid)), words


FORBIDDEN = {
    "es": ["tráfico de personas", "tráfico humano"],
    "ar": ["تهريب البشر", "تهريب الأشخاص"],
}


@pytest.mark.parametrize(("language", "words"), [(c, w) for c, ws in FORBIDDEN.items() for w in ws])
def test_trafficking_and_smuggling_are_never_confused(language: str, words: str) -> None:
    texts = [entry.msgstr for entry in catalogue(language).translated_entries()]
    assert not [text for text in texts if words in text]
