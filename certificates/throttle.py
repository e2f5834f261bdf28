"""How often one address may look numbers up on the public page."""

import hashlib
import time

from allauth.account.adapter import get_adapter
from django.core.cache import cache
from django.http import HttpRequest

LOOKUPS, SECONDS = 60, 60


def exceeded(request: HttpRequest) -> bool:
    """Count this look-up; True when the visitor has made more than LOOKUPS in this minute."""
    visitor = str(get_adapter().get_client_ip(request))
    hidden = hashlib.sha256(visitor.encode()).hexdigest()[:24]
    key = f"certificates:lookups:{hidden}:{int(time.time()) // SECONDS}"
    if cache.add(key, 1, timeout=SECONDS * 2):
        return False
    try:
        return bool(cache.incr(key) > LOOKUPS)
    except ValueError:  # it expired between the two lines
        return False
