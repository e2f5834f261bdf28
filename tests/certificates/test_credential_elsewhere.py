"""What two libraries of others say of our credentials: they accept them, and refuse what they should."""

import base64
import datetime
import json
import socket
from collections.abc import Callable
from dataclasses import replace
from typing import Any
from urllib.parse import urlsplit

import openvc
import pytest
from django.test import Client
from django.utils import timezone
from openbadgeslib.ob3 import OB3Verifier
from openbadgeslib.ob3.verifier import OB3VerificationError
from openvc.did.base import DidResolverRegistry
from openvc.did.did_web import DidWebResolver
from openvc.errors import OpenvcError
from openvc.resolvers import default_status_list_resolver
from openvc.status.status_list import CredentialRevoked

from certificates import (
    credential,
    did,
    keymaking,
    keys,
)
from certificates.choices import RevokeReason
from certificates.issuing import revoke, supersede

from .credentials import payload, with_everything

pytestmark = pytest.mark.django_db


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


def test_openvc_accepts_the_json(issue, statement, openvc_says):
    certificate = issue(with_everything(statement))
    for language in certificate.languages:
        accepted = openvc_says(credential.with_proof(certificate, language))
        assert accepted.issuer == did.name()
        assert accepted.status is not None
        assert not accepted.status.revoked


def test_openbadgeslib_accepts_the_token(issue, statement, openbadgeslib_says):
    certificate = issue(with_everything(statement))
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
