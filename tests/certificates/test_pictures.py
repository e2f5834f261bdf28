"""Uploaded pictures: what is taken, what is refused, and what is kept of them."""

import contextlib
import hashlib
import io

import pytest
from django.core.files.storage import InMemoryStorage
from django.core.files.uploadedfile import SimpleUploadedFile
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from certificates import pictures


@pytest.fixture
def store(monkeypatch):
    storage = InMemoryStorage()
    monkeypatch.setattr(pictures, "document_storage", lambda: storage)
    pictures._read.cache_clear()
    yield storage
    pictures._read.cache_clear()


def file_of(image, kind="PNG", name="logo.png", **options):
    out = io.BytesIO()
    image.save(out, kind, **options)
    return SimpleUploadedFile(name, out.getvalue())


def opened(png):
    return Image.open(io.BytesIO(png))


def test_a_see_through_picture_stays_so():
    image = Image.new("RGBA", (40, 20), (10, 20, 30, 0))
    image.paste((200, 100, 50, 128), (0, 0, 20, 20))
    found = opened(pictures.cleaned(file_of(image)))
    assert found.mode == "RGBA"
    assert found.getpixel((5, 5)) == (200, 100, 50, 128)
    assert found.getpixel((30, 5)) == (0, 0, 0, 0)


def test_nothing_but_the_pixels_is_kept():
    image = Image.new("RGB", (60, 30), "navy")
    exif = Image.Exif()
    exif[0x010E] = "Taken in the judge's chambers"
    cleaned = pictures.cleaned(file_of(image, "JPEG", exif=exif, comment=b"secret"))
    assert b"chambers" not in cleaned
    assert b"secret" not in cleaned
    assert opened(cleaned).info == {}
    assert opened(cleaned).format == "PNG"


def test_a_photograph_on_its_side_is_turned_upright():
    exif = Image.Exif()
    exif[0x0112] = 6  # the camera was held on its side
    cleaned = pictures.cleaned(file_of(Image.new("RGB", (60, 30), "navy"), "JPEG", exif=exif))
    assert opened(cleaned).size == (30, 60)


def test_a_large_picture_becomes_as_large_as_paper_can_show():
    cleaned = pictures.cleaned(file_of(Image.new("L", (1800, 500), 90)))
    assert opened(cleaned).size == (900, 250)
    assert opened(cleaned).mode == "L"


def test_the_name_of_a_file_says_nothing_about_what_it_is():
    assert pictures.cleaned(file_of(Image.new("RGB", (9, 9)), "JPEG", name="logo.png"))
    with pytest.raises(pictures.BadPicture, match="not a PNG or JPEG"):
        pictures.cleaned(file_of(Image.new("RGB", (9, 9)), "GIF", name="logo.png"))
    with pytest.raises(pictures.BadPicture, match="not a PNG or JPEG"):
        pictures.cleaned(SimpleUploadedFile("logo.png", b"<svg onload='alert(1)'/>"))


def test_a_file_over_the_limit_is_not_even_opened():
    with pytest.raises(pictures.BadPicture, match="500 kB"):
        pictures.cleaned(SimpleUploadedFile("logo.png", b"\x89PNG" + bytes(500_001)))


def test_too_many_pixels_are_refused_before_they_are_drawn():
    bomb = file_of(Image.new("1", (9000, 9000)))
    assert bomb.size < 500_000
    with pytest.raises(pictures.BadPicture, match="4 million|not a PNG"):
        pictures.cleaned(bomb)


def test_a_moving_picture_is_refused():
    frames = [Image.new("RGB", (9, 9), colour) for colour in ("red", "blue")]
    moving = file_of(frames[0], "PNG", save_all=True, append_images=frames[1:])
    with pytest.raises(pictures.BadPicture, match="moves"):
        pictures.cleaned(moving)


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 400), st.integers(0, 255))
def test_a_damaged_file_is_refused_or_read_and_never_breaks(place, value):
    data = bytearray(file_of(Image.effect_noise((24, 24), 50)).read())
    data[place % len(data)] = value
    with contextlib.suppress(pictures.BadPicture):
        assert pictures.cleaned(SimpleUploadedFile("logo.png", bytes(data))).startswith(b"\x89PNG")


def test_a_picture_is_kept_once_under_its_sha256(store):
    png = pictures.cleaned(file_of(Image.new("RGB", (9, 9), "navy")))
    digest = pictures.keep(png)
    assert digest == hashlib.sha256(png).hexdigest()
    assert pictures.keep(png) == digest
    assert store.listdir(f"pictures/{digest[:2]}")[1] == [f"{digest}.png"]
    assert pictures.read(digest) == png


def test_a_lost_or_changed_picture_is_noticed(store):
    digest = pictures.keep(pictures.cleaned(file_of(Image.new("RGB", (9, 9), "navy"))))
    with store.open(f"pictures/{digest[:2]}/{digest}.png", "wb") as file:
        file.write(b"something else")
    with pytest.raises(pictures.PictureLost, match="changed"):
        pictures.read(digest)
    with pytest.raises(pictures.PictureLost, match="missing"):
        pictures.read("0" * 64)
