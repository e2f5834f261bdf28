"""A statement with everything that one may have, and what is inside a token."""

import base64
import datetime
import json
from dataclasses import replace
from decimal import Decimal
from typing import Any

from certificates.issuing import Statement


def with_everything(statement: Statement) -> Statement:
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


def payload(token: str) -> Any:
    """What a token says, unchecked."""
    part = token.split(".")[1]
    return json.loads(base64.urlsafe_b64decode(part + "=" * (-len(part) % 4)))
