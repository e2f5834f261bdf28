"""Hand out pictures of lessons. Everything else under the media folder has a view of its own, or none."""

from pathlib import PurePosixPath

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponseBase
from django.views.static import serve

# what Wagtail draws from an upload; an upload itself is never served, and never as HTML
TYPES = {
    ".png": "image/png",
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".webp": "image/webp",
    ".gif": "image/gif",
    ".svg": "image/svg+xml",
}
FOLDER = "images"


def picture(request: HttpRequest, name: str) -> HttpResponseBase:
    """Serve a rendition; for everyone, since pictures carry no personal data. 404 for any other type."""
    path = PurePosixPath(name)
    if path.suffix.lower() not in TYPES or ".." in path.parts:
        raise Http404
    response = serve(request, f"{FOLDER}/{name}", document_root=str(settings.MEDIA_ROOT))
    response.headers["Content-Type"] = TYPES[path.suffix.lower()]
    if path.suffix.lower() == ".svg":
        response.headers["Content-Security-Policy"] = settings.DRAWING_POLICY
    # the name of a rendition holds a hash of its picture and size
    response.headers["Cache-Control"] = "public, max-age=31536000, immutable"
    return response
