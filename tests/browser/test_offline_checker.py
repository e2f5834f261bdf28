"""The offline checker, opened from disk with the network off."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from playwright.sync_api import Browser, Page, expect

from tests.browser.serving import Server
from tests.browser.walking import AXE_OPTIONS, Walker

pytestmark = [pytest.mark.browser, pytest.mark.slow]

VALID = {"es": "Este certificado es válido", "ar": "هذه الشهادة سارية", "en": "This certificate is valid"}
WITHDRAWN = {"es": "Este certificado ha sido retirado", "ar": "سُحبت هذه الشهادة"}
LONG = "মোহাম্মদ আব্দুল করিম চৌধুরী ভট্টাচার্য্য মোহাম্মদ আব্দুল করিম চৌধুরী ভট্টাচার্য্য ইসলাম খান"
# RFC 8032, section 7.1: secret key, public key, message, signature
VECTORS = [
    (
        "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60",
        "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
        "",
        "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b",
    ),
    (
        "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb",
        "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c",
        "72",
        "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00",
    ),
    (
        "c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7",
        "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025",
        "af82",
        "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a",
    ),
    (
        "833fe62409237b9d62ec77587520911e9a759cec1d19755b7da901b96dca3d42",
        "ec172b93ad5e563bf4932c70e1245034c35467ef2efd4d64ebf819683467e2bf",
        "ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a2192992a274fc1a836ba3c23a3feebbd454d4423643ce80e2a9ac94fa54ca49f",
        "dc2a4459e7369633a52b1bf277839a00201009a3efbf3ecb69bea2186c26b58909351fc9ac90b3ecfdfbc7c66431e0303dca179c138ac17ad9bef1177331a704",
    ),
]


@pytest.fixture(scope="module")
def saved(chromium: Browser, server: Server, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The checker as a visitor saves it: the browser stores it and does not open it."""
    context = chromium.new_context(base_url=server.base, accept_downloads=True)
    page = context.new_page()
    page.goto("/es/verify/")
    with page.expect_download() as download:
        page.click("a[download]")
    file = tmp_path_factory.mktemp("saved") / download.value.suggested_filename
    download.value.save_as(file)
    assert page.url.endswith("/es/verify/")
    context.close()
    return file


@pytest.fixture
def opened(chromium: Browser, saved: Path) -> Iterator[Callable[..., Page]]:
    """Return a function that opens the file with the network off; requests and complaints fail the test."""
    contexts, complaints = [], []

    def begin(language: str, script: str = "", **options: object) -> Page:
        context = chromium.new_context(locale=language, **options)
        contexts.append(context)
        context.set_offline(True)
        if script:
            context.add_init_script(script)
        page = context.new_page()
        page.on("console", lambda message: complaints.append(message.text))
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("request", lambda request: request.url != saved.as_uri() and complaints.append(request.url))
        page.goto(saved.as_uri())
        page.wait_for_selector("title:not(:empty)", state="attached")  # the page allows no eval to wait with
        return page

    yield begin
    for context in contexts:
        context.close()
    assert complaints == []


@pytest.fixture
def paper(server: Server, tmp_path: Path) -> Callable[..., dict[str, str]]:
    return lambda **options: server.run("paper", folder=str(tmp_path), **options)


def check(page: Page, text: str) -> tuple[str, str]:
    """Paste a text; return the verdict and the reason."""
    page.fill("#text", text)
    page.click("#paste button")
    page.wait_for_selector("#answer:focus")
    return page.inner_text("#verdict"), page.inner_text("#reason")


def faults(page: Page) -> list[tuple[str, list[str]]]:
    from axe_playwright_python.sync_playwright import Axe

    found = Axe().run(page, options=dict(AXE_OPTIONS)).response["violations"]
    return [(fault["id"], [node["html"][:120] for node in fault["nodes"]]) for fault in found]


@pytest.mark.parametrize("language", ["es", "ar"])
def test_a_genuine_code_is_valid_and_a_changed_one_is_not(
    language: str, opened: Callable[..., Page], paper: Callable[..., dict[str, str]]
) -> None:
    made = paper(language=language)
    page = opened(language, viewport={"width": 360, "height": 740})
    assert page.evaluate("document.documentElement.dir") == ("rtl" if language == "ar" else "ltr")
    assert faults(page) == []
    assert check(page, made["text"])[0] == VALID[language]
    assert {made["name"], made["number"]} <= set(page.inner_text("#facts").split("\n"))
    assert page.title() == VALID[language]
    assert faults(page) == []
    page.emulate_media(color_scheme="dark")
    assert faults(page) == []
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
    text = made["text"]
    for at in range(len(text) - 40, len(text), 9):
        other = "A" if text[at] != "A" else "B"
        assert check(page, text[:at] + other + text[at + 1 :])[0] == page.evaluate("say('altered')")
    assert page.inner_text("#facts") == ""
    assert faults(page) == []


def test_what_is_not_ours_is_named_so(
    opened: Callable[..., Page], paper: Callable[..., dict[str, str]]
) -> None:
    made = paper(language="en")
    page = opened("en")
    assert check(page, "https://example.org/")[0] == "This is not one of our certificates"
    assert check(page, made["text"].replace("localhost", "example.org"))[0] == "This is not as it was signed"
    page.evaluate("DATA.keys.forEach((key) => (key.kid = '0'.repeat(16)))")
    assert check(page, made["text"])[0] == "It is not known who signed this"


def test_every_language_can_be_chosen(
    opened: Callable[..., Page], paper: Callable[..., dict[str, str]]
) -> None:
    made = paper(language="es")
    page = opened("de")
    assert page.evaluate("document.documentElement.lang") == "en"
    check(page, made["text"])
    for code in page.eval_on_selector_all("#language option", "all => all.map((one) => one.value)"):
        page.select_option("#language", code)
        assert page.evaluate("document.documentElement.lang") == code
        assert page.inner_text("#verdict") == page.evaluate("DATA.words[language].valid")
        assert made["name"] in page.inner_text("#facts")


def test_a_certificate_withdrawn_later_needs_the_newer_list(
    opened: Callable[..., Page], paper: Callable[..., dict[str, str]], server: Server, tmp_path: Path
) -> None:
    made = paper(language="es")
    newer = tmp_path / "revocations.json"
    newer.write_text(server.run("withdraw", number=made["number"]))
    page = opened("es")
    assert check(page, made["text"])[0] == VALID["es"]
    page.set_input_files("#list", newer)
    page.wait_for_selector("#list-told:not(:empty)")
    assert check(page, made["text"])[0] == WITHDRAWN["es"]
    listed = json.loads(newer.read_text())
    newer.write_text(json.dumps(listed | {"payload": "eX" + listed["payload"][2:]}))
    page.set_input_files("#list", newer)
    expect(page.locator("#list-told")).to_have_text(page.evaluate("say('list_refused')"))


def test_an_old_list_is_said_to_be_old(
    opened: Callable[..., Page], paper: Callable[..., dict[str, str]]
) -> None:
    made = paper(language="en")
    page = opened("en")
    assert "too long ago" not in page.inner_text("#age")
    page.close()
    later = "const then = Date.now() + 40 * 86_400_000; Date.now = () => then;"
    page = opened("en", script=later)
    assert "too long ago" in page.inner_text("#age")
    verdict, reason = check(page, made["text"])
    assert verdict == VALID["en"]
    assert "too long ago" in reason


def test_a_name_that_was_cut_is_checked_by_typing_it(
    opened: Callable[..., Page], paper: Callable[..., dict[str, str]]
) -> None:
    made = paper(language="en", name=LONG)
    page = opened("en")
    assert check(page, made["text"])[0] == VALID["en"]
    assert "…" in page.inner_text("#facts")
    assert faults(page) == []
    for typed, told in (
        (made["name"], "This is what was signed."),
        (made["name"] + "x", "not what was signed"),
    ):
        page.fill("#whole-name", typed)
        page.click("#cut form:has(#whole-name) button")
        assert told in page.inner_text("#cut form:has(#whole-name) [role=status]")


def test_a_photo_is_read_where_the_browser_can_and_else_it_says_how(
    opened: Callable[..., Page], paper: Callable[..., dict[str, str]], tmp_path: Path
) -> None:
    made = paper(language="en")
    page = opened("en", script="delete window.BarcodeDetector")
    assert page.locator("#no-photo").is_visible()
    assert not page.locator("#photo").is_visible()
    page.close()
    reader = """window.BarcodeDetector = class {
        static async getSupportedFormats() { return ["qr_code"]; }
        async detect(picture) { return picture.width > 100 ? [{ rawValue: window.SEEN }] : []; }
    };"""
    page = opened("en", script=reader)
    page.evaluate("(text) => (window.SEEN = text)", made["text"])
    page.set_input_files("#photo", tmp_path / "paper.pdf")
    page.wait_for_selector("#photo-error:not(:empty)")
    page.set_input_files("#photo", tmp_path / "photo.png")
    page.wait_for_selector("#answer:focus")
    assert page.inner_text("#verdict") == VALID["en"]


def test_the_keyboard_is_enough(opened: Callable[..., Page], paper: Callable[..., dict[str, str]]) -> None:
    made = paper(language="es")
    page = opened("es")
    for _press in range(2):
        page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.id") == "text"
    page.keyboard.insert_text(made["text"])
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_selector("#answer:focus")
    assert page.inner_text("#verdict") == VALID["es"]


# --- its own Ed25519 and SHA-2, beside the browser's ------------------------------------------------
HERE = "([key, message, signature]) => verifyHere(...[key, message, signature].map(bytes))"
BYTES = "window.bytes = (text) => Uint8Array.from(text.match(/../g) ?? [], (pair) => parseInt(pair, 16))"


def test_the_vectors_of_rfc_8032_hold_and_no_changed_one(opened: Callable[..., Page]) -> None:
    page = opened("en", script=BYTES)
    for secret, key, message, signature in VECTORS:
        made = Ed25519PrivateKey.from_private_bytes(bytes.fromhex(secret)).sign(bytes.fromhex(message))
        assert made.hex() == signature
        assert page.evaluate(HERE, [key, message, signature]) is True
        for part in range(3):
            for at in (0, 1, 31, 63, 64, 127):
                changed = [key, message, signature]
                if at < len(changed[part]):
                    letter = "0" if changed[part][at] != "0" else "1"
                    changed[part] = changed[part][:at] + letter + changed[part][at + 1 :]
                    assert page.evaluate(HERE, changed) is False, (part, at)
        assert page.evaluate(HERE, [key, message + "00", signature]) is False


def test_a_signature_has_one_writing_and_points_that_are_none_are_refused(
    opened: Callable[..., Page],
) -> None:
    page = opened("en", script=BYTES)
    _secret, key, message, signature = VECTORS[2]
    order = 2**252 + 27742317777372353535851937790883648493
    scalar = int.from_bytes(bytes.fromhex(signature[64:]), "little") + order
    assert page.evaluate(HERE, [key, message, signature[:64] + scalar.to_bytes(32, "little").hex()]) is False
    for bad in ("ff" * 32, "02" + "00" * 31, key[:62], ""):
        assert page.evaluate(HERE, [bad, message, signature]) is False


def test_the_hashes_are_those_of_the_standard(opened: Callable[..., Page]) -> None:
    import hashlib

    page = opened("en", script=BYTES)
    for length in (0, 1, 55, 56, 63, 64, 65, 111, 112, 127, 128, 129, 300):
        data = bytes(at % 251 for at in range(length))
        for bits, name in ((256, "sha256"), (512, "sha512")):
            found = page.evaluate("([bits, text]) => hex(sha(bits, bytes(text)))", [bits, data.hex()])
            assert found == hashlib.new(name, data).hexdigest(), (bits, length)


def test_it_works_in_a_browser_without_ed25519_of_its_own(
    opened: Callable[..., Page], paper: Callable[..., dict[str, str]]
) -> None:
    made = paper(language="es")
    page = opened("es", script="Object.defineProperty(window, 'crypto', { value: {} })")
    assert check(page, made["text"])[0] == VALID["es"]


def test_the_file_served_from_our_address_would_not_run(walk: Callable[..., Walker], server: Server) -> None:
    visitor = walk()
    answer = visitor.context.request.get("/verify/checker.html")
    assert answer.headers["content-disposition"].startswith("attachment")
    assert "script-src 'self'" in answer.headers["content-security-policy"]
