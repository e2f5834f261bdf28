"""Damaged, hostile and huge files get a clear sentence beside the field, and change nothing."""

import io
import stat
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from assessments.importing import reading, uploads
from assessments.models import ImportedQuestion, Question, QuestionImport, Tag
from assessments.models.files import exam_storage

from .test_import_pages import PICTURED

pytestmark = pytest.mark.django_db

QUESTION = (
    '<question type="truefalse"><name><text>n</text></name><questiontext format="html"><text>{}</text>'
    '</questiontext><answer fraction="100"><text>true</text></answer>'
    '<answer fraction="0"><text>false</text></answer></question>'
)
LOL = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10 if n else "lol"}">' for n in range(10))
ITEM = (
    '<assessmentItem xmlns="http://www.imsglobal.org/xsd/imsqti_v2p1" identifier="x" title="t">'
    "<itemBody><p>{}</p></itemBody></assessmentItem>"
)


def moodle(text, before=""):
    return f'<?xml version="1.0"?>{before}<quiz>{QUESTION.format(text)}</quiz>'.encode()


def zipped(*entries):
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in entries:
            archive.writestr(name, content)
    return stream.getvalue()


def link_out():
    entry = zipfile.ZipInfo("media/link.png")
    entry.external_attr = (stat.S_IFLNK | 0o777) << 16
    return zipped(("imsmanifest.xml", "<manifest/>"), (entry, "/etc/passwd"))


HOSTILE = {
    "entity bomb": (
        lambda: moodle("&l9;", f"<!DOCTYPE quiz [{LOL}]>"),
        "The file begins with a document type or declares entities.",
    ),
    "external entity": (
        lambda: moodle("&x;", '<!DOCTYPE quiz [<!ENTITY x SYSTEM "file:///etc/passwd">]>'),
        "The file begins with a document type or declares entities.",
    ),
    "path traversal": (
        lambda: zipped(("imsmanifest.xml", "<manifest/>"), ("../../etc/cron.d/x", "x")),
        "The zip file holds a file with an unsafe name",
    ),
    "link out of the zip": (link_out, "The zip file holds a file with an unsafe name"),
    "zip bomb": (
        lambda: zipped(("imsmanifest.xml", "<manifest/>"), ("a.xml", b"\0" * 50_000_000)),
        "The zip file grows to an unreasonable size",
    ),
    "not well-formed": (lambda: b'<?xml version="1.0"?><quiz><question>', "not well-formed XML"),
    "wrong encoding": (
        lambda: b'<?xml version="1.0" encoding="klingon"?><quiz><x>x</x></quiz>',
        "The characters of the file cannot be read.",
    ),
    "half a zip": (lambda: zipped(("imsmanifest.xml", "<manifest/>"))[:40], "The zip file is damaged"),
    "a picture": (lambda: b"\x89PNG\r\n\x1a\n" + bytes(64), "This file is none that can be imported"),
    "a program": (lambda: b"MZ\x90\0" + bytes(200), "This file is none that can be imported"),
    "other XML": (lambda: b"<svg onload='alert(1)'/>", "This file is none that can be imported"),
    "QTI 1": (lambda: b"<questestinterop/>", "This is QTI 1."),
    "deep XML": (
        lambda: b"<quiz>" + b"<a>" * 500 + b"</a>" * 500 + b"</quiz>",
        "Elements stand within each other",
    ),
    "deep HTML": (lambda: moodle("&lt;div>" * 5_000), "Elements stand within each other"),
    "endless text": (lambda: moodle("x" * 110_000), "A text is longer than"),
}


@pytest.fixture
def client(trainer, browse):
    return browse(trainer)


def handed_in(client, content, name="questions.xml"):
    url = reverse("bank:import")
    return client.post(url, {"file": SimpleUploadedFile(name, content), "language": "es"})


def nothing_changed():
    tables = (Question, Tag, QuestionImport, ImportedQuestion)
    return not any(table.objects.exists() for table in tables)


@pytest.mark.parametrize("attack", HOSTILE)
def test_it_is_refused_beside_the_field_and_nothing_changes(
    client, attack, django_capture_on_commit_callbacks, monkeypatch
):
    # read at once, whatever its size
    monkeypatch.setattr("assessments.importing.pending.AT_ONCE_BYTES", 10**9)
    make, sentence = HOSTILE[attack]
    with django_capture_on_commit_callbacks(execute=True):
        answer = handed_in(client, make())
    assert answer.status_code == 200
    page = answer.text
    error = page[page.index('id="id_file_error"') :]
    assert sentence in error[:700]
    assert "root:" not in page
    assert '<option value="es" selected' in page
    assert nothing_changed()


def test_what_a_task_refuses_is_said_on_the_page_of_the_import(client, django_capture_on_commit_callbacks):
    content = b"<quiz>" + QUESTION.format("x").encode() * 600 + b"<question>"
    with django_capture_on_commit_callbacks(execute=True):
        answer = handed_in(client, content)
    page = client.get(answer.url).text
    assert "The file was refused" in page
    assert "Line 1: The file is not well-formed XML" in page
    assert not ImportedQuestion.objects.exists()
    assert not Question.objects.exists()
    with django_capture_on_commit_callbacks(execute=True):
        client.post(answer.url, {"go": "remove"})
    assert nothing_changed()


def test_a_file_of_200_megabytes_is_given_up_while_it_comes_in(client, monkeypatch):
    monkeypatch.setattr(uploads.BoundedUpload, "__init__", limited(uploads.BoundedUpload.__init__))
    answer = handed_in(client, b"x" * 300_000)
    assert answer.status_code == 413
    assert "The file is larger than 100 MB." in answer.text
    assert nothing_changed()


def limited(begin):
    def smaller(self, request, most):
        begin(self, request, min(most, 200_000))

    return smaller


def test_who_writes_no_questions_uploads_nothing(judge, browse, monkeypatch):
    taken = []
    receive = uploads.BoundedUpload.receive_data_chunk

    def watched(self, raw_data, start):
        taken.append(self.most)
        return receive(self, raw_data, start)

    monkeypatch.setattr(uploads.BoundedUpload, "receive_data_chunk", watched)
    assert handed_in(browse(judge), b"x" * 1000).status_code == 404
    assert set(taken) <= {0}
    assert nothing_changed()


def test_script_in_a_question_is_taken_out_and_named(client, category):
    text = (
        "&lt;p onclick=&quot;steal()&quot;&gt;Who?&lt;script&gt;steal()&lt;/script&gt;"
        "&lt;a href=&quot;javascript:steal()&quot;&gt;x&lt;/a&gt;"
        "&lt;img src=&quot;https://evil.example/x.png&quot;&gt;&lt;/p&gt;"
    )
    answer = handed_in(client, moodle(text))
    page = client.get(answer.url).text
    assert "steal()" not in page
    assert "<img" not in page
    assert "Some of the markup was removed because it is unsafe" in page
    assert "A picture or recording on another site became a link" in page
    data = {"shown": [1], "pick": [1], "category": category.pk, "go": "take"}
    client.post(answer.url, data)
    version = Question.objects.get().versions.get()
    assert "steal" not in str(vars(version))


def test_a_fault_of_ours_is_said_and_changes_nothing(client, monkeypatch):
    def broken(*args, **kwargs):
        raise RuntimeError("disk")

    monkeypatch.setattr(reading, "read", broken)
    client.raise_request_exception = False
    assert handed_in(client, moodle("Who?")).status_code == 500
    found = QuestionImport.objects.get()
    page = client.get(reverse("bank:import_one", args=[found.key])).text
    assert "Something went wrong on our side" in page
    assert not Question.objects.exists()


def test_a_key_that_makes_no_rows_leaves_the_question_out_by_name(client, monkeypatch):
    def unfit(item):
        raise KeyError("ghost")

    monkeypatch.setattr(reading, "rows_of", unfit)
    page = client.get(handed_in(client, moodle("Who?")).url).text
    assert "The question cannot be marked" in page


def test_nothing_is_left_in_the_storage_of_what_was_refused(
    client, monkeypatch, django_capture_on_commit_callbacks
):
    def waiting():
        storage = exam_storage()
        folders = storage.listdir("imports")[0] if storage.exists("imports") else []
        return {(one, name) for one in folders for name in storage.listdir(f"imports/{one}")[1]}

    monkeypatch.setattr(reading, "PIECE", 1)  # so that the picture is kept before the fault is found
    before = waiting()
    for content in (b"<quiz><question>", PICTURED.removesuffix(b"</quiz>")):
        with django_capture_on_commit_callbacks(execute=True):
            handed_in(client, content)
    assert waiting() == before


def test_a_broken_item_of_a_package_is_named_and_the_others_are_shown(client):
    manifest = (
        '<manifest xmlns="http://www.imsglobal.org/xsd/imscp_v1p1"><resources>'
        '<resource identifier="a" type="imsqti_item_xmlv2p1" href="a.xml"><file href="a.xml"/></resource>'
        '<resource identifier="b" type="imsqti_item_xmlv2p1" href="b.xml"><file href="b.xml"/></resource>'
        "</resources></manifest>"
    )
    package = zipped(
        ("imsmanifest.xml", manifest), ("a.xml", "<assessmentItem"), ("b.xml", ITEM.format("Read this."))
    )
    page = client.get(handed_in(client, package, "p.zip").url).text
    assert "“a.xml” cannot be read and was left out" in page
    assert "Read this." in page
