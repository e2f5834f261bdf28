"""The offline checker as a file. What it does in a browser, tests/browser/test_offline_checker.py says."""

import hashlib
import json
import re
from base64 import b64encode

import pytest
from django.conf import settings

from certificates import checker, checker_words, checking, keys, revocations, seal
from certificates.choices import KeyUse, Kind

pytestmark = pytest.mark.django_db


@pytest.fixture
def page():
    return checker.build()


@pytest.fixture
def data(page):
    return json.loads(re.search(r'<script id="data" type="application/json">(.*?)</script>', page)[1])


def test_the_file_loads_nothing_and_its_policy_names_its_own_parts_alone(page):
    assert re.findall(r'(?:src|href)="', page) == []
    assert "http-equiv" in page
    policy = re.search(r'http-equiv="Content-Security-Policy" content="([^"]*)"', page)[1].replace(
        "&#x27;", "'"
    )
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    for tag in ("style", "script"):
        (inline,) = re.findall(rf"<{tag}>(.*?)</{tag}>", page, re.DOTALL)
        digest = b64encode(hashlib.sha256(inline.encode()).digest()).decode()
        assert f"{tag}-src 'sha256-{digest}'" in policy


def test_the_file_holds_the_public_keys_and_the_signed_list(data):
    statement = [key for key in keys.public_keys() if key.use == KeyUse.STATEMENT]
    assert [entry["kid"] for entry in data["keys"]] == [key.key_id for key in statement]
    assert revocations.open_list(data["list"], statement).issuer == data["site"] == seal.site()


def test_the_file_holds_no_secret(page):
    secret = settings.CERTIFICATE_KEYS
    assert "PRIVATE" not in page
    assert secret not in page


def test_every_word_is_there_in_every_language(data):
    assert [one["code"] for one in data["languages"]] == [code for code, _name in settings.LANGUAGES]
    keys_of = {code: set(words) for code, words in data["words"].items()}
    assert len(set(map(frozenset, keys_of.values()))) == 1
    assert data["words"]["es"]["valid"] == "Este certificado es válido"
    assert {one["code"]: one["direction"] for one in data["languages"]}["ar"] == "rtl"


def test_every_word_that_the_script_asks_for_is_there():
    script = (checker.PARTS / "page.js").read_text() + (checker.PARTS / "checker.html").read_text()
    asked = set(re.findall(r'say\("(\w+)"[),]', script)) | set(re.findall(r'data-t="(\w+)"', script))
    words = set(checker_words.words())
    assert asked <= words
    for verdict in checker_words.CHECKED:
        assert {verdict.value, f"why_{verdict.value}"} <= words
    assert {f"kind_{kind.value}" for kind in Kind} <= words


def test_the_script_knows_the_same_kinds_and_fields_as_the_seal():
    script = (checker.PARTS / "statement.js").read_text()
    kinds = re.search(r"const KINDS = \[(.*?)\]", script)[1]
    assert re.findall(r'"(\w+)"', kinds) == [kind.value for kind in seal.KINDS]
    assert set(re.findall(r'verdict: (?:\w+ instanceof \w+ \? )?"(\w+)"', script)) <= set(
        checking.Verdict.values
    )
    for field in range(1, 11):
        assert f"fields.get({field})" in script


def test_the_file_is_small_enough_for_a_weak_line(page):
    import gzip

    assert len(gzip.compress(page.encode())) < 45_000
