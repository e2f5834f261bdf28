"""How often one address may look numbers up, and hand in files, on the public page."""

import hashlib
import time

from allauth.account.adapter import get_adapter
from django.core.cache import cache
from django.http import HttpRequest

# in each stretch of SECONDS; reading a picture costs a hundred times a look-up
LOOKUPS, FILES, SECONDS = 60, 30, 60


def exceeded(request: HttpRequest, *, of: str = "lookups") -> bool:
    """Count this look-up, or these files; True when the visitor has made too many in this minute."""
    visitor = str(get_adapter().get_client_ip(request))
    hidden = hashlib.sha256(visitor.encode()).hexdigest()[:24]
    key = f"certificates:{of}:{hidden}:{int(time.time()) // SECONDS}"
    if cache.add(key, 1, timeout=SECONDS * 2):
        return False
    try:
        return bool(cache.incr(key) > (FILES if of == "files" else LOOKUPS))
    except ValueError:  # it expired between the two lines
        return False
