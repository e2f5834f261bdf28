"""The private notes of reflection blocks."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from courses import access, notes
from translation.reading import base_language


@login_required
@require_POST
def save_note(request: HttpRequest) -> HttpResponse:
    """Keep the reader's note on a block and lead back to it."""
    try:
        item_key = UUID(request.POST.get("item", ""))
    except ValueError:
        raise Http404 from None
    block = request.POST.get("block", "")[:60]
    person = access.signed_in(request.user)
    item = access.item_read_by(person, item_key, base_language(get_language()))
    kept = notes.save_note(
        person=person, item_key=item.key, block_id=block, text=request.POST.get("text", "")
    )
    messages.success(request, _("Your note is saved.") if kept else _("Your note is removed."))
    return redirect(f"{item.url}#note-{block}")
