"""The digital credential: what it says, that others accept it, and that no change to it goes unseen."""

import base64
import datetime
import json
import socket
from collections.abc import Callable, Iterator
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import jsonschema
import openvc
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.test import Client
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openbadgeslib.ob3 import OB3Verifier
from openbadgeslib.ob3.verifier import OB3VerificationError
from openvc.did.base import DidResolverRegistry
from openvc.did.did_web import DidWebResolver
from openvc.errors import OpenvcError
from openvc.keys import Ed25519SigningKey
from openvc.proof.di_jcs import EddsaJcsProofSuite
from openvc.resolvers import default_status_list_resolver
from openvc.status.status_list import CredentialRevoked

from certificates import (
    credential,
    did,
    documents,
    issuing,
    keymaking,
    keys,
    multikey,
    proofs,
    seal,
    transcripts,
)
from certificates.choices import Kind, RevokeReason
from certificates.issuing import Statement, revoke, supersede
from certificates.models import Certificate
from certificates.pdf.attachments import attached

SCHEMAS = Path(__file__).parent / "schemas"
MANY = settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
pytestmark = pytest.mark.django_db

Issue = Callable[..., Certificate]


@pytest.fixture(autouse=True)
def _without_a_network(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing in these tests, the libraries of others included, may ask anybody outside."""

    def refuse(*args: object, **kwargs: object) -> None:
        raise AssertionError("something asked the network")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)


@pytest.fixture
def fetch() -> Callable[[str], bytes]:
    """Return a function that gets an address of the site, as somebody without an account would."""

    def get(address: str) -> bytes:
        answer = Client().get(urlsplit(address).path)
        assert answer.status_code == 200, address
        return answer.content

    return get


@pytest.fixture
def openvc_says(fetch: Callable[[str], bytes]) -> Callable[[bytes], Any]:
    """Return a function that lets openvc check a JSON credential, keys and list of status included."""

    def check(data: bytes) -> Any:
        resolver = DidResolverRegistry([DidWebResolver(lambda address: json.loads(fetch(address)))])
        lists = default_status_list_resolver(resolver=resolver, fetch=lambda address: fetch(address).decode())
        policy = openvc.VerificationPolicy(
            expected_types=["OpenBadgeCredential"], require_status_issuer_binding=True
        )
        return openvc.verify_credential(
            json.loads(data), policy=policy, resolver=resolver, resolve_status_list=lists
        )

    return check


@pytest.fixture
def openbadgeslib_says(fetch: Callable[[str], bytes]) -> Callable[[str], Any]:
    """Return a function that lets openbadgeslib check a token, keys and list of status included."""

    def check(token: str) -> Any:
        verifier = OB3Verifier.for_issuer_did(did.name(), download=fetch)
        return verifier.verify(token, check_status=True, download=fetch)

    return check


@pytest.fixture
def rich(statement: Statement) -> Statement:
    """A statement with everything that one may have."""
    return replace(
        statement,
        name="القاضية لينا حدّاد",
        latin_name="Lina Haddad",
        grade_band="merit",
        hours=Decimal("4.5"),
        wording={"es": "Acreditado por el Consejo."},
        valid_until=datetime.date(2099, 11, 14),
    )


def faults(document: Any, schema: str = "ob_v3p0_achievementcredential_schema.json") -> list[str]:
    """What the schema of 1EdTech has against a document."""
    rules = json.loads((SCHEMAS / schema).read_text())
    kind = jsonschema.Draft201909Validator
    found = kind(rules, format_checker=kind.FORMAT_CHECKER).iter_errors(document)
    return [f"{'/'.join(map(str, fault.absolute_path))}: {fault.message}" for fault in found]


def payload(token: str) -> Any:
    part = token.split(".")[1]
    return json.loads(base64.urlsafe_b64decode(part + "=" * (-len(part) % 4)))


# --- what it says -------------------------------------------------------------------------------
def test_a_credential_says_what_the_paper_says_and_nothing_else_of_the_holder(issue, rich, judge):
    certificate = issue(rich)
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
def test_every_kind_in_every_language_keeps_to_the_published_schema(issue, rich, kind):
    certificate = issue(replace(rich, kind=kind))
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


# --- what others say ----------------------------------------------------------------------------
def test_openvc_accepts_the_json(issue, rich, openvc_says):
    certificate = issue(rich)
    for language in certificate.languages:
        accepted = openvc_says(credential.with_proof(certificate, language))
        assert accepted.issuer == did.name()
        assert accepted.status is not None
        assert not accepted.status.revoked


def test_openbadgeslib_accepts_the_token(issue, rich, openbadgeslib_says):
    certificate = issue(rich)
    for language in certificate.languages:
        accepted = openbadgeslib_says(credential.as_jwt(certificate, language))
        assert accepted.achievement.name == certificate.printed(language).course
        assert accepted.issuer.id == did.name()


def test_both_refuse_what_was_altered(issue, openvc_says, openbadgeslib_says):
    certificate = issue()
    altered = credential.with_proof(certificate, "en").replace(b"Fern\xc3\xa1ndez", b"Fernandez")
    with pytest.raises(OpenvcError):
        openvc_says(altered)
    header, body, signature = credential.as_jwt(certificate, "en").split(".")
    forged = {**payload(f".{body}."), "name": "Something else"}
    body = base64.urlsafe_b64encode(json.dumps(forged).encode()).rstrip(b"=").decode()
    with pytest.raises(OB3VerificationError):
        openbadgeslib_says(f"{header}.{body}.{signature}")


def test_both_refuse_a_certificate_that_was_withdrawn(issue, openvc_says, openbadgeslib_says):
    certificate = issue()
    data, token = credential.with_proof(certificate, "en"), credential.as_jwt(certificate, "en")
    openvc_says(data)
    openbadgeslib_says(token)
    revoke(certificate=certificate, reason=RevokeReason.ERROR, actor=None)
    with pytest.raises(CredentialRevoked):
        openvc_says(data)
    with pytest.raises(OB3VerificationError, match="revocation"):
        openbadgeslib_says(token)


def test_both_refuse_a_certificate_that_was_replaced_and_accept_the_new(
    issue, statement, openvc_says, openbadgeslib_says
):
    old = issue()
    new = supersede(certificate=old, statement=replace(statement, name="Lucía Fernández Gil"), actor=None)
    with pytest.raises(CredentialRevoked):
        openvc_says(credential.with_proof(old, "en"))
    with pytest.raises(OB3VerificationError):
        openbadgeslib_says(credential.as_jwt(old, "en"))
    openvc_says(credential.with_proof(new, "en"))
    openbadgeslib_says(credential.as_jwt(new, "en"))


def test_both_refuse_a_certificate_that_has_expired(issue, statement, openvc_says, openbadgeslib_says):
    certificate = issue(replace(statement, valid_until=timezone.now().date() - datetime.timedelta(days=2)))
    with pytest.raises(OpenvcError, match="expired"):
        openvc_says(credential.with_proof(certificate, "en"))
    with pytest.raises(OB3VerificationError, match="expired"):
        openbadgeslib_says(credential.as_jwt(certificate, "en"))


def test_both_accept_what_an_older_key_signed(issue, openvc_says):
    certificate = issue()
    data, token = credential.with_proof(certificate, "en"), credential.as_jwt(certificate, "en")
    keymaking.rotate(overlap=datetime.timedelta(0))
    openvc_says(data)
    # openbadgeslib checks the list with the key of the credential alone, so not here
    OB3Verifier.for_issuer_did(did.name(), download=lambda _: json.dumps(did.document()).encode()).verify(
        token
    )


def test_both_refuse_a_key_that_leaked(issue, openvc_says, openbadgeslib_says):
    certificate = issue()
    data, token = credential.with_proof(certificate, "en"), credential.as_jwt(certificate, "en")
    keymaking.condemn(key_id=keys.statement_signer().key_id, since=timezone.now())
    keymaking.make_missing()
    with pytest.raises(OpenvcError):
        openvc_says(data)
    with pytest.raises(OB3VerificationError):
        openbadgeslib_says(token)
    openvc_says(credential.with_proof(certificate, "en"))


# --- reading one --------------------------------------------------------------------------------
def test_a_credential_opens_to_what_it_says_in_both_forms(issue, rich):
    certificate = issue(rich)
    known = keys.public_keys()
    for data in (credential.with_proof(certificate, "es"), credential.as_jwt(certificate, "es").encode()):
        opened = credential.open_credential(data, known)
        assert credential.agrees(opened, certificate)
        assert opened.number == certificate.number
        assert opened.name == rich.name
        assert (opened.course, opened.language) == ("Trata de personas", "es")
        assert (opened.hours, opened.completed_on) == (Decimal("4.5"), datetime.date(2026, 11, 14))
        assert opened.valid_until == rich.valid_until
        assert opened.key.key_id == keys.statement_signer().key_id
        assert abs(timezone.now() - opened.signed_at) < datetime.timedelta(minutes=1)
        assert opened.key.vouches_at(opened.signed_at)


def test_one_signed_with_our_key_that_the_register_does_not_know_agrees_with_no_certificate(issue):
    certificate = issue()
    forged = credential.credential_of(certificate, "en")
    forged["credentialSubject"]["identifier"][0]["identityHash"] = "Somebody Else"
    signed = proofs.with_proof(forged, keys.statement_signer(), created=timezone.now())
    opened = credential.open_credential(json.dumps(signed).encode(), keys.public_keys())
    assert not credential.agrees(opened, certificate)


def test_spaces_and_the_order_of_members_do_not_matter(issue):
    document = json.loads(credential.with_proof(issue(), "es"))
    shuffled = json.dumps(dict(reversed(document.items())), indent=8).encode()
    assert credential.open_credential(shuffled, keys.public_keys()).name == "Lucía Fernández"


def test_a_proof_that_another_library_made_with_the_key_opens_too(issue):
    private = Ed25519PrivateKey.generate()
    key = replace(
        next(key for key in keys.public_keys() if key.key_id == keys.statement_signer().key_id),
        key_id="0123456789abcdef",
        public=private.public_key().public_bytes_raw(),
    )
    document = credential.credential_of(issue(), "en")
    signing_key = Ed25519SigningKey(private, kid=did.method(key.key_id))
    theirs = EddsaJcsProofSuite().add_proof(
        document, signing_key=signing_key, verification_method=did.method(key.key_id)
    )
    # they sign the context with the proof but leave it out of it, as the standard also allows
    theirs["proof"]["@context"] = theirs["@context"]
    assert credential.open_credential(json.dumps(theirs).encode(), [key]).course == "Trafficking in persons"


def _values(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """The way to every value inside a document."""
    inside = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for name, one in inside:
        yield (*path, name)
        yield from _values(one, (*path, name))


@MANY
@given(data=st.data(), other=st.sampled_from(["", "x", 0, 7, None, [], {}, True, "2026-11-14T00:00:00Z"]))
def test_changing_removing_or_adding_any_value_is_seen(issue, data, other):
    document = json.loads(credential.with_proof(issue(), "en"))
    path = data.draw(st.sampled_from(list(_values(document))))
    place = document
    for step in path[:-1]:
        place = place[step]
    match data.draw(st.sampled_from(["change", "remove", "add"])):
        case "change" if place[path[-1]] != other:
            place[path[-1]] = other
        case "add" if isinstance(place, dict):
            place["added"] = other
        case _:
            del place[path[-1]]
    with pytest.raises((seal.Altered, seal.UnknownKey, credential.NotACredential)):
        credential.open_credential(json.dumps(document).encode(), keys.public_keys())


@MANY
@given(place=st.integers(0, 10_000), other=st.sampled_from("Aa0Zz9-_.~= "))
def test_changing_any_character_of_a_token_is_seen(issue, place, other):
    token = credential.as_jwt(issue(), "en")
    place %= len(token)
    altered = token[:place] + other + token[place + 1 :]
    if altered.strip() == token:
        return
    with pytest.raises((seal.Altered, seal.UnknownKey, credential.NotACredential)):
        credential.open_credential(altered.encode(), keys.public_keys())


def test_an_unknown_key_is_named(issue):
    certificate = issue()
    others = [key for key in keys.public_keys() if key.key_id != keys.statement_signer().key_id]
    for data in (credential.with_proof(certificate, "en"), credential.as_jwt(certificate, "en").encode()):
        with pytest.raises(seal.UnknownKey):
            credential.open_credential(data, others)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\xff\xfe",
        b"%PDF-1.7",
        b"{}",
        b'{"proof": 1}',
        b'{"proof": {}, "proof": {}}',
        b"a.b.c",
        b"eyJhbGciOiJub25lIn0.e30.",
        b'{"a":' * 20_000,
        b"{" + b" " * 70_000 + b"}",
        b'{"@context": [], "proof": {"type": "DataIntegrityProof", "cryptosuite": "eddsa-rdfc-2022"}}',
    ],
)
def test_what_is_no_credential_is_called_so(data):
    with pytest.raises(credential.NotACredential):
        credential.open_credential(data, keys.public_keys())


def test_a_signed_list_of_status_is_no_credential(issue, fetch):
    issue()
    for form in ("json", "jwt"):
        with pytest.raises(credential.NotACredential):
            credential.open_credential(fetch(f"/credentials/status/1.{form}"), keys.public_keys())


def test_a_name_that_stands_twice_is_refused(issue):
    text = credential.with_proof(issue(), "en").decode()
    doubled = text.replace('"name":', '"name": "Shown first", "name":', 1)
    with pytest.raises(credential.NotACredential):
        credential.open_credential(doubled.encode(), keys.public_keys())


# --- the parts ----------------------------------------------------------------------------------
@given(st.binary(min_size=1, max_size=70))
def test_multibase_gives_back_the_bytes_and_takes_no_other_spelling(data):
    text = multikey.multibase(data)
    assert multikey.from_multibase(text, size=len(data)) == data
    for other in (text[1:], "z1" + text[1:], "u" + text[1:], text + "0", text + " "):
        with pytest.raises(ValueError):
            multikey.from_multibase(other, size=len(data))


def test_the_keys_of_the_issuer_are_read_the_same_by_both_libraries(fetch):
    from openbadgeslib.ob3.did import pem_for_kid

    signer = keys.statement_signer()
    raw = keys.statement_key(signer.key_id).public
    document = json.loads(fetch("/.well-known/did.json"))
    assert document["id"] == "did:web:localhost%3A8000"
    methods = {
        one.id: one.public_key_jwk
        for one in DidWebResolver(lambda _: document).resolve(did.name()).verification_methods
    }
    expected = base64.urlsafe_b64encode(raw).rstrip(b"=").decode()
    assert methods[did.method(signer.key_id)]["x"] == methods[did.jwk_method(signer.key_id)]["x"] == expected
    pems = {pem_for_kid(document, did.name(), one) for one in methods if signer.key_id in one}
    assert len(pems) == 1


def test_keys_that_do_not_sign_yet_stand_last_and_keys_for_pdf_files_not_at_all():
    today = keys.statement_signer().key_id
    keymaking.rotate(overlap=datetime.timedelta(days=30))
    listed = [did.key_id(one) for one in did.document()["assertionMethod"]]
    assert listed[:2] == [today, today]
    assert len(listed) == 4
    assert not {key.key_id for key in keys.public_keys() if key.use == "pdf"} & set(listed)


def test_the_pdf_holds_the_credential(issue):
    certificate = issue()
    pdf = documents.read(documents.obtain(certificate=certificate, language="es"))
    inside = attached(pdf)
    assert inside is not None
    opened = credential.open_credential(inside, keys.public_keys())
    assert credential.agrees(opened, certificate)
    assert opened.language == "es"


# --- downloads ----------------------------------------------------------------------------------
def test_the_holder_finds_both_forms_on_the_page_and_gets_them(issue, browse, judge, openvc_says):
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
