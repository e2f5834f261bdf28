"""Security headers of every kind of answer, and files that are handed out."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from wagtail.documents.forms import get_document_form
from wagtail.documents.models import Document
from wagtail.images.forms import get_image_form
from wagtail.images.models import Image

from accounts.models import User

STRICT = {f"{name} {' '.join(sources)}" for name, sources in settings.SECURE_CSP.items()}


def policy(answer: Any) -> set[str]:
    return {part.strip() for part in answer.headers["Content-Security-Policy"].split(";")}


@pytest.fixture
def library(settings: Any, tmp_path: Path) -> Path:
    """A media folder of the test's own."""
    settings.MEDIA_ROOT = tmp_path
    (tmp_path / "images").mkdir()
    return tmp_path


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/en/", "/ar/help/", "/en/account/login/", "/en/none/", "/x", "/healthz"])
def test_every_answer_has_the_strict_policy_and_its_companions(client: Client, path: str) -> None:
    answer = client.get(path)
    assert policy(answer) == STRICT
    assert "unsafe" not in answer.headers["Content-Security-Policy"]
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Referrer-Policy"] == "same-origin"
    assert answer.headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert answer.headers["X-Frame-Options"] == "DENY"
    for power in ("camera", "geolocation", "microphone", "payment"):
        assert f"{power}=()" in answer.headers["Permissions-Policy"]


def test_the_editor_has_a_policy_of_its_own_and_nothing_else_has(
    browse: Callable[[User], Client], administrator: User
) -> None:
    client = browse(administrator)
    answer = client.get("/cms/")
    found = {part.split()[0]: part for part in policy(answer)}
    assert "'unsafe-inline'" in found["style-src"]
    assert "unsafe" not in found["script-src"]
    assert "http" not in " ".join(found.values())
    assert answer.headers["X-Frame-Options"] == "SAMEORIGIN"
    for path in ("/en/cms/", "/en/?x=/cms/", "/cmsx/", "/en/staff/cohorts/", "/en/people/profile/"):
        assert policy(client.get(path)) == STRICT, path


def test_what_a_person_is_shown_is_kept_by_no_shared_cache(
    browse: Callable[[User | None], Client], judge: User
) -> None:
    for path in ("/en/", "/en/my-learning/", "/en/people/profile/"):
        assert "private" in browse(judge).get(path).headers["Cache-Control"], path
    assert "Cache-Control" not in browse(None).get("/en/help/").headers


@pytest.mark.django_db
def test_cookies_are_out_of_reach_of_scripts_and_of_other_sites(client: Client, judge: User) -> None:
    client.post("/en/account/login/", {"login": judge.email, "password": "correct horse battery"})
    session = client.cookies["aula_session"]
    assert session["httponly"]
    assert session["samesite"] == "Lax"
    assert client.cookies["aula_csrf"]["samesite"] == "Lax"


# --- files -----------------------------------------------------------------------------------
def test_a_picture_is_handed_out_as_a_picture(client: Client, library: Path) -> None:
    (library / "images" / "a.webp").write_bytes(b"<script>alert(1)</script>")
    answer = client.get("/media/images/a.webp")
    assert answer.status_code == 200
    assert answer.headers["Content-Type"] == "image/webp"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert policy(answer) == STRICT


def test_a_vector_picture_opened_by_itself_may_only_draw(client: Client, library: Path) -> None:
    (library / "images" / "a.svg").write_text('<svg xmlns="http://www.w3.org/2000/svg"/>')
    answer = client.get("/media/images/a.svg")
    assert answer.headers["Content-Type"] == "image/svg+xml"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert policy(answer) == {"default-src 'none'", "style-src 'unsafe-inline'", "sandbox"}


@pytest.mark.parametrize(
    "name",
    [
        "a.html",
        "a.svg.gz",
        "a.png.html",
        "a",
        "",
        "folder.png",
        "../private/secret.png",
        "..%2fprivate%2fsecret.png",
        "%2e%2e/private/secret.png",
        "..\\private\\secret.png",
        "/private/secret.png",
        "x/../../private/secret.png",
        "none.png",
    ],
)
def test_nothing_but_pictures_leaves_the_folder_of_pictures(client: Client, library: Path, name: str) -> None:
    for file in ("a.html", "a.svg.gz", "a.png.html", "a"):
        (library / "images" / file).write_text("<script>alert(1)</script>")
    (library / "images" / "folder.png").mkdir()
    (library / "private").mkdir()
    (library / "private" / "secret.png").write_text("secret")
    assert client.get(f"/media/images/{name}").status_code == 404


def test_uploads_and_other_media_have_no_address(client: Client, library: Path) -> None:
    for folder in ("original_images", "documents", "private"):
        (library / folder).mkdir()
        (library / folder / "a.png").write_text("x")
        assert client.get(f"/media/{folder}/a.png").status_code == 404


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("name", "kind", "is_shown"),
    [
        ("a.pdf", "application/pdf", True),
        ("a.txt", "text/plain", False),
        ("a.docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document", False),
        ("a.vtt", "text/vtt", False),
        ("a.mp4", "video/mp4", False),
        # neither can be uploaded; were one there, it would be a download
        ("a.html", "text/html", False),
        ("a.svg", "image/svg+xml", False),
    ],
)
def test_a_document_is_shown_only_where_that_is_safe(
    client: Client, library: Path, name: str, kind: str, is_shown: bool
) -> None:
    document = Document(title="x")
    document.file.save(name, ContentFile(b"<script>alert(1)</script>"))
    document.save()
    answer = client.get(document.url)
    assert answer.status_code == 200
    assert answer.headers["Content-Type"].startswith(kind)
    assert answer.headers["Content-Disposition"].startswith("inline" if is_shown else "attachment")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
    assert "unsafe" not in answer.headers["Content-Security-Policy"]


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["a.html", "a.svg", "a.js", "a.exe", "a.pdf.html", "a"])
def test_a_document_that_could_run_cannot_be_uploaded(administrator: User, name: str) -> None:
    file = SimpleUploadedFile(name, b"<script>alert(1)</script>")
    form = get_document_form(Document)({"title": "x"}, {"file": file}, user=administrator)
    assert not form.is_valid()
    assert "file" in form.errors


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["a.svg", "a.html", "a.png"])
def test_a_picture_that_is_none_cannot_be_uploaded(administrator: User, name: str) -> None:
    file = SimpleUploadedFile(name, b'<svg xmlns="http://www.w3.org/2000/svg"><script/></svg>')
    form = get_image_form(Image)({"title": "x"}, {"file": file}, user=administrator)
    assert not form.is_valid()
    assert "file" in form.errors
