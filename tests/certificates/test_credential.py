"""The digital credential: what it says, that it keeps to the published schemas, and who gets it."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from certificates import (
    credential,
    documents,
    issuing,
    keys,
    seal,
    transcripts,
)
from certificates.choices import Kind, RevokeReason
from certificates.issuing import revoke
from certificates.pdf.attachments import attached

from .credentials import payload, with_everything

SCHEMAS = Path(__file__).parent / "schemas"
pytestmark = pytest.mark.django_db


def faults(document: Any, schema: str = "ob_v3p0_achievementcredential_schema.json") -> list[str]:
    """What the schema of 1EdTech has against a document."""
    rules = json.loads((SCHEMAS / schema).read_text())
    kind = jsonschema.Draft201909Validator
    found = kind(rules, format_checker=kind.FORMAT_CHECKER).iter_errors(document)
    return [f"{'/'.join(map(str, fault.absolute_path))}: {fault.message}" for fault in found]


# --- what it says -------------------------------------------------------------------------------
def test_a_credential_says_what_the_paper_says_and_nothing_else_of_the_holder(issue, statement, judge):
    certificate = issue(with_everything(statement))
    document = credential.credential_of(certificate, "es")
    subject, words = document["credentialSubject"], certificate.printed("es")
    assert [who["identityHash"] for who in subject["identifier"]] == ["القاضية لينا حدّاد", "Lina Haddad"]
    assert {who["identityType"] for who in subject["identifier"]} == {"name"}
    assert document["issuer"]["name"] == words.organisation
    assert subject["achievement"]["name"] == words.course == "Trata de personas"
    assert subject["achievement"]["inLanguage"] == "es"
    assert subject["achievement"]["description"].endswith(" 4,5. Acreditado por el Consejo.")
    assert subject["achievement"]["creditsAvailable"] == subject["creditsEarned"] == 4.5
    assert subject["result"][0]["value"] == "merit"
    assert "merit" in subject["achievement"]["resultDescription"][0]["allowedValue"]
    assert subject["result"][0]["resultDescription"] == subject["achievement"]["resultDescription"][0]["id"]
    assert document["awardedDate"] == "2026-11-14T00:00:00Z"
    assert document["validUntil"] == "2099-11-14T23:59:59Z"
    assert document["evidence"][0]["id"] == seal.address_of(certificate.number)
    text = json.dumps(document)
    assert judge.email not in text
    assert "@" not in text.replace('"@context"', "")
    assert str(judge.key) not in text


def test_each_language_has_its_own_words_and_points_at_the_others(issue):
    certificate = issue()
    found = {code: credential.credential_of(certificate, code) for code in certificate.languages}
    achievements = {code: one["credentialSubject"]["achievement"] for code, one in found.items()}
    assert len(achievements) > 1
    assert {code: one["name"] for code, one in achievements.items()} == {
        code: certificate.stated.course_titles[code] for code in certificate.languages
    }
    for code, achievement in achievements.items():
        others = {one["id"]: one["inLanguage"] for one in achievement["related"]}
        assert others == {achievements[other]["id"]: other for other in achievements if other != code}
    assert len({one["id"] for one in found.values()}) == 1, "one certificate is one credential"


def test_two_certificates_of_a_person_share_no_mark_but_the_name(issue, statement):
    one = issue()
    two = issue(replace(statement, award_key="11111111-2222-4333-8444-555555555555", course_code="JWB-101"))
    first, second = (credential.credential_of(certificate, "en") for certificate in (one, two))
    assert first["id"] != second["id"]
    assert first["credentialSubject"]["id"] != second["credentialSubject"]["id"]
    assert first["credentialStatus"]["id"] != second["credentialStatus"]["id"]


def test_what_is_earned_has_one_name_whoever_earns_it(issue, statement, prosecutor):
    other = replace(statement, award_key="11111111-2222-4333-8444-555555555555", name="Amina Rahman")
    certificates = [issue(), issuing.issue(statement=other, person=prosecutor)]
    ids = [
        credential.credential_of(one, "en")["credentialSubject"]["achievement"]["id"] for one in certificates
    ]
    assert ids[0] == ids[1]


def test_a_transcript_lists_its_lines_and_is_like_no_other(issue, judge):
    issue()
    transcript = transcripts.request(person=judge, actor=None)
    language = transcript.nearest_language("en")
    document = credential.credential_of(transcript, language)
    achievement = document["credentialSubject"]["achievement"]
    line = "- Trafficking in persons (TIP-101). Dates: "
    assert line in achievement["criteria"]["narrative"]
    assert document["name"] == achievement["name"] == "Transcript of training"
    assert "humanCode" not in achievement
    assert faults(json.loads(credential.with_proof(transcript, language))) == []


# --- the schemas --------------------------------------------------------------------------------
@pytest.mark.parametrize("kind", list(Kind))
def test_every_kind_in_every_language_keeps_to_the_published_schema(issue, statement, kind):
    certificate = issue(replace(with_everything(statement), kind=kind))
    for language in certificate.languages:
        assert faults(json.loads(credential.with_proof(certificate, language))) == []
        assert faults(payload(credential.as_jwt(certificate, language))) == []


def test_a_plain_certificate_keeps_to_the_published_schema(issue):
    document = json.loads(credential.with_proof(issue(), "en"))
    assert faults(document) == []
    assert faults(document["issuer"], "ob_v3p0_profile_schema.json") == []


def test_the_schema_has_teeth(issue):
    document = json.loads(credential.with_proof(issue(), "en"))
    del document["credentialSubject"]["achievement"]["criteria"]
    assert faults(document) != []


def test_the_pdf_holds_the_credential(issue):
    certificate = issue()
    pdf = documents.read(documents.obtain(certificate=certificate, language="es"))
    inside = attached(pdf)
    assert inside is not None
    opened = credential.open_credential(inside, keys.public_keys())
    assert credential.agrees(opened, certificate)
    assert opened.language == "es"


# --- downloads ----------------------------------------------------------------------------------
def test_the_holder_finds_both_forms_on_the_page_and_gets_them(issue, browse, judge):
    certificate = issue()
    client = browse(judge)
    page = client.get(f"/en/certificates/{certificate.number}/?language=es").content.decode()
    for form in ("json", "jwt"):
        address = f"/en/certificates/{certificate.number}/credential/es.{form}"
        assert f'href="{address}"' in page
        answer = client.get(address)
        assert answer.status_code == 200
        assert f'filename="{certificate.number}-es.{form}"' in answer["Content-Disposition"]
        assert "private" in answer["Cache-Control"]
        opened = credential.open_credential(answer.content, keys.public_keys())
        assert (opened.number, opened.language) == (certificate.number, "es")


def test_nobody_downloads_a_language_that_the_certificate_does_not_have(issue, browse, judge):
    certificate = issue()
    assert browse(judge).get(f"/en/certificates/{certificate.number}/credential/fr.json").status_code == 404


def test_a_withdrawn_credential_is_staffs_alone(issue, browse, judge, registrar):
    certificate = issue()
    revoke(certificate=certificate, reason=RevokeReason.ERROR, actor=None)
    address = f"/en/certificates/{certificate.number}/credential/en.jwt"
    assert browse(judge).get(address).status_code == 404
    assert browse(registrar).get(address).status_code == 200


def test_without_keys_the_holder_is_told_and_nothing_breaks(issue, browse, judge, settings, tmp_path):
    certificate = issue()
    settings.CERTIFICATE_KEYS = str(tmp_path)
    answer = browse(judge).get(f"/en/certificates/{certificate.number}/credential/en.json", follow=True)
    assert "cannot be made at the moment" in answer.content.decode()
