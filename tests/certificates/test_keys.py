"""Keys: made once, replaced with an overlap, condemned; the private halves never leave their place."""

import datetime
import stat
from base64 import urlsafe_b64decode

import pytest
from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.x509.oid import ExtendedKeyUsageOID
from django.core.management import CommandError, call_command
from django.core.serializers import serialize
from django.utils import timezone

from accounts.models import AuditEntry
from certificates import keymaking, keys
from certificates.choices import KeyUse
from certificates.models import Frozen, IssuerKey

DAY = datetime.timedelta(days=1)


@pytest.fixture
def folder(db, settings, tmp_path):
    """An installation without keys."""
    IssuerKey.objects.all()._raw_delete("default")
    settings.CERTIFICATE_KEYS = str(tmp_path / "keys")
    return tmp_path / "keys"


@pytest.fixture
def at(monkeypatch):
    """Return a function that sets the clock of the keys to some days from now."""
    start = timezone.now()

    def set_clock(days):
        moment = start + days * DAY
        for module in (keys, keymaking):
            monkeypatch.setattr(module.timezone, "now", lambda: moment)
        return moment

    return set_clock


def active():
    return {use: keys.active(use).key_id for use in KeyUse}


def test_without_keys_nothing_is_signed_and_the_sentence_names_the_command(folder):
    for signer in (keys.statement_signer, keys.pdf_signer):
        with pytest.raises(keys.NoKeys, match="manage.py make_issuer_keys"):
            signer()


def test_keys_are_made_once(folder, capsys):
    call_command("make_issuer_keys")
    first = active()
    assert capsys.readouterr().out.count("Made the key") == 2
    call_command("make_issuer_keys")
    assert "nothing was made" in capsys.readouterr().out
    assert active() == first
    assert IssuerKey.objects.count() == 2


def test_only_the_service_may_read_the_private_halves(folder):
    keymaking.make_missing()
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    files = list(folder.iterdir())
    assert len(files) == 3  # a root, a key for PDF files, a key for everything else
    assert {stat.S_IMODE(file.stat().st_mode) for file in files} == {0o600}


def test_nothing_private_is_in_the_database_nor_said(folder, capsys, caplog):
    call_command("make_issuer_keys")
    call_command("make_issuer_keys", "--rotate")
    said = capsys.readouterr()
    stored = serialize("json", [*IssuerKey.objects.all(), *AuditEntry.objects.all()])
    everywhere = stored + said.out + said.err + caplog.text
    assert "PRIVATE" not in everywhere
    for file in folder.iterdir():
        encoded = "".join(file.read_text().splitlines()[1:-1])
        assert encoded[48:64] not in everywhere.replace("\\n", "")  # within the secret number of either kind


def test_a_statement_is_signed_with_ed25519_and_checked_by_the_published_key(folder):
    keymaking.make_missing()
    signer = keys.statement_signer()
    published = keys.statement_key(signer.key_id)
    check = Ed25519PublicKey.from_public_bytes(published.public)
    check.verify(signer.sign(b"2026-7F3K-9QXD"), b"2026-7F3K-9QXD")
    with pytest.raises(InvalidSignature):
        check.verify(signer.sign(b"2026-7F3K-9QXD"), b"2026-7F3K-9QXE")
    assert keys.statement_key(keys.pdf_signer().key_id) is None


def test_the_leaf_signs_documents_for_ten_years_and_its_root_says_so(folder, settings):
    settings.INSTITUTE_NAME = (
        "Escuela Judicial de la República, Instituto de Capacitación y Estudios Superiores"
    )
    keymaking.make_missing()
    leaf, root = x509.load_pem_x509_certificates(keys.active(KeyUse.PDF).chain.encode())
    leaf.verify_directly_issued_by(root)
    root.verify_directly_issued_by(root)
    uses = leaf.extensions.get_extension_for_class(x509.ExtendedKeyUsage).value
    assert {use.dotted_string for use in uses} == {
        "1.3.6.1.5.5.7.3.36",
        ExtendedKeyUsageOID.EMAIL_PROTECTION.dotted_string,
    }
    years = (leaf.not_valid_after_utc - leaf.not_valid_before_utc) / (365 * DAY)
    assert 10 <= years < 10.1
    assert root.not_valid_after_utc > leaf.not_valid_after_utc
    assert not leaf.extensions.get_extension_for_class(x509.BasicConstraints).value.ca
    assert root.extensions.get_extension_for_class(x509.BasicConstraints).value.ca


def test_in_the_overlap_new_keys_are_published_and_old_ones_sign(folder, at):
    at(0)
    keymaking.make_missing()
    old = active()
    made = {key.use: key.key_id for key in keymaking.rotate(overlap=30 * DAY)}
    assert set(made.values()) <= {key.key_id for key in keys.public_keys()}
    assert active() == old
    at(29)
    assert active() == old
    at(30)
    assert active() == made


def test_old_keys_verify_for_ever(folder, at):
    at(0)
    keymaking.make_missing()
    signer = keys.statement_signer()
    signature = signer.sign(b"x")
    for years in (1, 2, 3):
        at(365 * years)
        keymaking.rotate(overlap=30 * DAY)
    at(365 * 40)
    old = keys.statement_key(signer.key_id)
    Ed25519PublicKey.from_public_bytes(old.public).verify(signature, b"x")
    assert old.vouches_at(timezone.now())
    assert signer.key_id != keys.statement_signer().key_id


def test_new_keys_have_the_same_root(folder):
    keymaking.make_missing()
    first = keys.active(KeyUse.PDF).chain
    keymaking.rotate(overlap=datetime.timedelta())
    second = keys.active(KeyUse.PDF).chain
    assert first != second
    assert first.split("-----BEGIN")[2] == second.split("-----BEGIN")[2]


def test_a_root_whose_key_was_taken_away_is_replaced(folder):
    keymaking.make_missing()
    first = keys.active(KeyUse.PDF).chain
    known = {key.key_id for key in keys.public_keys()}
    next(file for file in folder.iterdir() if file.stem not in known).unlink()
    keymaking.rotate(overlap=datetime.timedelta())
    leaf, root = x509.load_pem_x509_certificates(keys.active(KeyUse.PDF).chain.encode())
    leaf.verify_directly_issued_by(root)
    assert first.split("-----BEGIN")[2] != keys.active(KeyUse.PDF).chain.split("-----BEGIN")[2]


def test_a_second_rotation_within_the_overlap_is_refused_but_not_one_at_once(folder):
    call_command("make_issuer_keys")
    call_command("make_issuer_keys", "--rotate")
    waiting = IssuerKey.objects.first()
    with pytest.raises(CommandError, match="sign from"):
        call_command("make_issuer_keys", "--rotate")
    call_command("make_issuer_keys", "--rotate", "--overlap", "0")
    assert waiting.key_id not in active().values()
    assert IssuerKey.objects.filter(retired_at=None).count() == 2


def test_a_negative_overlap_is_refused(folder):
    with pytest.raises(CommandError, match="from 0 up"):
        call_command("make_issuer_keys", "--rotate", "--overlap", "-1")


def test_a_lost_private_key_is_named_and_only_replaced_when_asked(folder):
    keymaking.make_missing()
    lost = keys.active(KeyUse.STATEMENT).key_id
    (folder / f"{lost}.key").unlink()
    with pytest.raises(keys.NoKeys, match=f"{lost}.*cannot be read"):
        keys.statement_signer().sign(b"x")
    with pytest.raises(CommandError, match=f"{lost} is not in the folder .*--rotate"):
        call_command("make_issuer_keys")
    call_command("make_issuer_keys", "--rotate")
    # what cannot sign any more does not wait for the overlap
    assert keys.statement_signer().sign(b"x")
    assert keys.active(KeyUse.STATEMENT).key_id != lost


def test_a_file_that_is_no_key_is_named(folder):
    keymaking.make_missing()
    file = folder / f"{keys.statement_signer().key_id}.key"
    file.write_text("nothing")
    with pytest.raises(keys.NoKeys, match=f"{file.name} is not a private key"):
        keys.statement_signer().sign(b"x")


def test_a_folder_that_cannot_be_written_is_named(folder):
    folder.parent.mkdir(exist_ok=True)
    folder.write_text("a file where the folder should be")
    with pytest.raises(CommandError, match=f"No key can be written to {folder}"):
        call_command("make_issuer_keys")


def test_a_condemned_key_vouches_only_for_what_it_signed_before(folder, capsys):
    keymaking.make_missing()
    old = keys.statement_signer().key_id
    since = timezone.now() - 3 * DAY
    call_command("condemn_issuer_key", old, "--since", since.isoformat())
    key = keys.statement_key(old)
    assert key.vouches_at(since - DAY)
    assert not key.vouches_at(since)
    assert not key.vouches_at(timezone.now())
    assert keys.statement_signer().key_id != old
    assert "does not count" in capsys.readouterr().out
    assert AuditEntry.objects.filter(verb="condemned", data__key=old).count() == 1


def test_a_condemnation_may_be_moved_back_but_not_forward(folder):
    keymaking.make_missing()
    key_id = keys.statement_signer().key_id
    since = timezone.now() - 3 * DAY
    keymaking.condemn(key_id=key_id, since=since)
    keymaking.condemn(key_id=key_id, since=timezone.now())
    assert keys.statement_key(key_id).compromised_at == since
    keymaking.condemn(key_id=key_id, since=since - DAY)
    assert keys.statement_key(key_id).compromised_at == since - DAY


def test_the_root_of_a_condemned_key_vouches_for_no_other(folder):
    keymaking.make_missing()
    first = keys.active(KeyUse.PDF)
    keymaking.condemn(key_id=first.key_id, since=timezone.now())
    keymaking.make_missing()
    second = keys.active(KeyUse.PDF)
    assert first.chain.split("-----BEGIN")[2] != second.chain.split("-----BEGIN")[2]


def test_an_unknown_key_cannot_be_condemned(folder):
    with pytest.raises(CommandError, match="There is no key 1234"):
        call_command("condemn_issuer_key", "1234")


def test_what_was_published_of_a_key_cannot_be_changed_nor_deleted(folder):
    keymaking.make_missing()
    key = IssuerKey.objects.first()
    assert len(urlsafe_b64decode(key.public + "==")) in {32, 91}
    for change in (key.save, key.delete, IssuerKey.objects.all().delete):
        with pytest.raises(Frozen):
            change()
    with pytest.raises(Frozen):
        IssuerKey.objects.update(public="")
