"""Say what a certificate is worth, by the register or, without one, by what the issuer publishes."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from certificates import checking, key_set, revocations, seal
from certificates.checking import Evidence, Finding, Published, Register, Source, Verdict
from certificates.choices import KeyUse

# 1 and 2 are the answers when a command itself goes wrong
EXIT = {
    Verdict.VALID: 0,
    Verdict.EXPIRED: 3,
    Verdict.SUPERSEDED: 4,
    Verdict.REVOKED: 5,
    Verdict.ALTERED: 6,
    Verdict.LEAKED: 7,
    Verdict.UNKNOWN_KEY: 8,
    Verdict.UNKNOWN: 9,
    Verdict.FOREIGN: 10,
    Verdict.NO_CODE: 11,
    Verdict.UNREADABLE: 12,
}
SIGNATURE = b"/ByteRange"


class Command(BaseCommand):
    help = (
        "Check a PDF, a photo of a QR code, a credential, the text of a QR code, or a number. The exit code"
        " says the verdict: " + ", ".join(f"{code} {verdict.value}" for verdict, code in EXIT.items())
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("what", help="a file, the text itself, or - for the standard input")
        parser.add_argument("--keys", type=Path, help="keys.json of the issuer, instead of the register")
        parser.add_argument("--revocations", type=Path, help="revocations.json of the issuer, with --keys")

    def handle(self, *args: Any, what: str, **options: Any) -> None:
        source = _source(options["keys"], options["revocations"])
        data = _given(what)
        finding = checking.check_file(data, source)
        if finding.evidence == Evidence.PDF and SIGNATURE in data:
            finding = self._second_opinion(data, source, finding)
        for name, value in _told(finding, source):
            self.stdout.write(f"{name + ':':<14}{value}")
        sys.exit(EXIT[finding.verdict])

    def _second_opinion(self, pdf: bytes, source: Source, finding: Finding) -> Finding:
        # a second to import
        from certificates.pdf.second_opinion import opinion

        said = opinion(pdf, [key.chain for key in source.known if key.use == KeyUse.PDF])
        words = ("intact" if said.intact else "not intact", "trusted" if said.trusted else "not trusted")
        self.stdout.write(f"{'pyHanko:':<14}{', '.join(words)}")
        return finding if said.intact else Finding(verdict=Verdict.ALTERED, evidence=Evidence.PDF)


def _source(keys_file: Path | None, list_file: Path | None) -> Source:
    if keys_file is None and list_file is None:
        return Register()
    if keys_file is None or list_file is None:
        raise CommandError("--keys and --revocations belong together.")
    try:
        known = key_set.read(keys_file.read_text())
        return Published(known, revocations.open_list(list_file.read_text(), known))
    except (key_set.NotAKeySet, revocations.NotAList, seal.Altered) as fault:
        raise CommandError(str(fault)) from fault
    except seal.UnknownKey as fault:
        raise CommandError(f"The list is signed with a key that is not among the keys: {fault}") from fault
    except (OSError, UnicodeDecodeError) as fault:
        raise CommandError(f"A file of the issuer cannot be read: {fault}") from fault


def _given(what: str) -> bytes:
    """The bytes to check: a file's, if there is one of that name, else the text itself."""
    if what == "-":
        return sys.stdin.buffer.read()
    file = Path(what)
    try:
        return file.read_bytes() if os.path.exists(file) else what.encode()
    except OSError as fault:
        raise CommandError(f"{file} cannot be read: {fault.strerror}") from fault


def _told(finding: Finding, source: Source) -> list[tuple[str, object]]:
    lines: list[tuple[str, object]] = [("Verdict", f"{finding.verdict.value}. {finding.verdict.label}.")]
    if finding.evidence:
        lines.append(("Checked", finding.evidence.label))
    if isinstance(source, Published):
        lines.append(("As of", f"{source.listed.issued:%Y-%m-%d}, the date of the list"))
    if claim := finding.claim:
        lines += [
            *(("Number", claim.number), ("Name", claim.name), ("Course", claim.course)),
            *(("Hours", claim.hours), ("Completed", claim.completed_on), ("Issued", claim.issued_on)),
            ("Signed with", claim.key.key_id),
        ]
        if claim.valid_until:
            lines.append(("Valid until", claim.valid_until))
    elif found := finding.certificate:
        stated = found.stated
        lines += [
            *(("Number", found.number), ("Name", stated.name), ("Course", found.course_title)),
            *(("Hours", stated.hours), ("Completed", stated.completed_on)),
            ("Issued", found.issued_on),
        ]
    if finding.since:
        lines.append(("Since", finding.since))
    return lines
