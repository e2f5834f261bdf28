"""Keys on a PKCS#11 token: refusals by sentence, a token played by a stand-in, and a real one in software."""

import datetime
import io
import os
import shutil
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path

import pytest
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import load_der_public_key
from django.core.management import CommandError, call_command
from pyhanko.keys import load_certs_from_pemder_data
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko_certvalidator import ValidationContext

from certificates import keymaking, keys
from certificates.choices import KeyUse
from certificates.models import IssuerKey
from certificates.pdf import render
from certificates.pdf.signing import sign
from certificates.vaults import Curve, VaultFault, id_of, open_vault
from certificates.vaults import token as token_module

MODULES = (
    "/usr/lib/softhsm/libsofthsm2.so",
    "/usr/lib64/libsofthsm2.so",
    "/usr/local/lib/softhsm/libsofthsm2.so",
)
PIN = "4831"


@pytest.mark.parametrize(
    ("address", "sentence"),
    [
        ("pkcs11:token=aula?module-path=/x.so", "no pin-source"),
        ("pkcs11:token=aula?pin-source=/x", "no module-path"),
        ("pkcs11:?module-path=/x.so&pin-source=/x", "names no token"),
        ("pkcs11:token=aula?module-path=/x.so&pin-value=4831", "A PIN stands in a file"),
    ],
)
def test_an_incomplete_address_is_refused_by_a_sentence_without_the_pin(address, sentence):
    with pytest.raises(VaultFault, match=sentence) as refused:
        open_vault(address)
    assert PIN not in str(refused.value)


def test_without_the_library_the_sentence_names_it(db, settings, monkeypatch):
    settings.CERTIFICATE_KEYS = "pkcs11:token=aula?module-path=/x.so&pin-source=/x"
    monkeypatch.setitem(sys.modules, "pkcs11", None)
    with pytest.raises(CommandError, match="python-pkcs11, which is not installed"):
        call_command("make_issuer_keys", "--rotate")
    with pytest.raises(keys.NoKeys, match="python-pkcs11, which is not installed"):
        keys.statement_signer().sign(b"x")


class Refusal(Exception):
    """What the stand-in raises, as a token does: mostly without words."""


class StandIn:
    """A token that is found, and refuses to be opened."""

    @contextmanager
    def open(self, *, user_pin, rw):
        raise Refusal
        yield


@pytest.mark.parametrize(
    ("found", "sentence"),
    [(StandIn(), "the token aula refused: Refusal"), (None, "/x.so does not see the token aula")],
)
def test_a_token_that_refuses_or_is_missing_is_named(found, sentence, tmp_path, monkeypatch):
    pin = tmp_path / "pin"
    pin.write_text(PIN)
    monkeypatch.setattr(token_module, "_library", lambda: (lambda parts: found, Refusal))
    vault = open_vault(f"pkcs11:token=aula?module-path=/x.so&pin-source={pin}")
    with pytest.raises(VaultFault, match=sentence):
        vault.sign("0123456789abcdef", b"x")


def test_a_missing_pin_is_named(tmp_path, monkeypatch):
    monkeypatch.setattr(token_module, "_library", lambda: (lambda parts: StandIn(), Refusal))
    vault = open_vault(f"pkcs11:token=aula?module-path=/x.so&pin-source=file:{tmp_path}/pin")
    with pytest.raises(VaultFault, match="The PIN of the token aula cannot be read: No such file"):
        vault.holds("0123456789abcdef")


@pytest.fixture(scope="module")
def real(tmp_path_factory):
    """The address of a token in software (SoftHSM), made for these tests."""
    pytest.importorskip("pkcs11", reason="python-pkcs11 is not installed")
    module = next((path for path in MODULES if Path(path).exists()), None)
    program = shutil.which("softhsm2-util")
    if module is None or program is None:
        pytest.skip("softhsm2 is not installed")
    folder = tmp_path_factory.mktemp("softhsm")
    (folder / "tokens").mkdir()
    (folder / "pin").write_text(f"{PIN}\n")
    settings = folder / "softhsm2.conf"
    settings.write_text(f"directories.tokendir = {folder}/tokens\nobjectstore.backend = file\n")
    # read when the module is loaded, which happens once in a process
    os.environ["SOFTHSM2_CONF"] = str(settings)
    initialise = ["--init-token", "--free", "--label", "aula", "--pin", PIN, "--so-pin", "12345678"]
    subprocess.run([program, *initialise], check=True, capture_output=True)
    return f"pkcs11:token=aula?module-path={module}&pin-source=file:{folder}/pin"


def test_a_real_token_makes_keys_and_signs_with_them(real):
    vault = open_vault(real)
    p256, ed25519 = vault.make(Curve.P256), vault.make(Curve.ED25519)
    assert vault.holds(id_of(p256))
    assert not vault.holds("0123456789abcdef")
    signature = vault.sign(id_of(p256), b"x")
    load_der_public_key(p256).verify(signature, b"x", ec.ECDSA(hashes.SHA256()))
    signature = vault.sign(id_of(ed25519), b"x")
    load_der_public_key(ed25519).verify(signature, b"x")
    with pytest.raises(InvalidSignature):
        load_der_public_key(ed25519).verify(signature, b"y")
    with pytest.raises(VaultFault, match="is not on the token aula"):
        vault.sign("0123456789abcdef", b"x")


def test_a_wrong_pin_is_refused_and_not_repeated(real, tmp_path):
    wrong = tmp_path / "pin"
    wrong.write_text("9999")
    vault = open_vault(f"{real.partition('&')[0]}&pin-source={wrong}")
    with pytest.raises(VaultFault, match="the token aula refused: PinIncorrect") as refused:
        vault.holds("0123456789abcdef")
    assert "9999" not in str(refused.value)


def test_certificates_are_signed_by_a_real_token(real, db, settings, sample):
    IssuerKey.objects.all()._raw_delete("default")
    settings.CERTIFICATE_KEYS = real
    keymaking.make_missing()
    keymaking.rotate(overlap=datetime.timedelta())
    chain = keys.active(KeyUse.PDF).chain
    root = list(load_certs_from_pemder_data(chain.encode()))[-1]
    signed = sign(render(sample("es")), signer=keys.pdf_signer(), reason="x", label="x")
    (found,) = PdfFileReader(io.BytesIO(signed)).embedded_signatures
    context = ValidationContext(trust_roots=[root], allow_fetching=False)
    assert validate_pdf_signature(found, context).bottom_line
