"""Reading a credential that is handed in: no change to it goes unseen."""

import datetime
import json
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openvc.keys import Ed25519SigningKey
from openvc.proof.di_jcs import EddsaJcsProofSuite

from certificates import (
    credential,
    did,
    keymaking,
    keys,
    multikey,
    proofs,
    seal,
)

from .credentials import with_everything

MANY = settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
pytestmark = pytest.mark.django_db


def test_a_credential_opens_to_what_it_says_in_both_forms(issue, statement):
    certificate = issue(with_everything(statement))
    known = keys.public_keys()
    for data in (credential.with_proof(certificate, "es"), credential.as_jwt(certificate, "es").encode()):
        opened = credential.open_credential(data, known)
        assert credential.agrees(opened, certificate)
        assert opened.number == certificate.number
        assert opened.name == with_everything(statement).name
        assert (opened.course, opened.language) == ("Trata de personas", "es")
        assert (opened.hours, opened.completed_on) == (Decimal("4.5"), datetime.date(2026, 11, 14))
        assert opened.valid_until == with_everything(statement).valid_until
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


def test_a_signed_list_of_status_is_no_credential(issue, client):
    issue()
    for form in ("json", "jwt"):
        with pytest.raises(credential.NotACredential):
            credential.open_credential(
                client.get(f"/credentials/status/1.{form}").content, keys.public_keys()
            )


def test_a_name_that_stands_twice_is_refused(issue):
    text = credential.with_proof(issue(), "en").decode()
    doubled = text.replace('"name":', '"name": "Shown first", "name":', 1)
    with pytest.raises(credential.NotACredential):
        credential.open_credential(doubled.encode(), keys.public_keys())


@given(st.binary(min_size=1, max_size=70))
def test_multibase_gives_back_the_bytes_and_takes_no_other_spelling(data):
    text = multikey.multibase(data)
    assert multikey.from_multibase(text, size=len(data)) == data
    for other in (text[1:], "z1" + text[1:], "u" + text[1:], text + "0", text + " "):
        with pytest.raises(ValueError):
            multikey.from_multibase(other, size=len(data))


def test_keys_that_do_not_sign_yet_stand_last_and_keys_for_pdf_files_not_at_all():
    today = keys.statement_signer().key_id
    keymaking.rotate(overlap=datetime.timedelta(days=30))
    listed = [did.key_id(one) for one in did.document()["assertionMethod"]]
    assert listed[:2] == [today, today]
    assert len(listed) == 4
    assert not {key.key_id for key in keys.public_keys() if key.use == "pdf"} & set(listed)
