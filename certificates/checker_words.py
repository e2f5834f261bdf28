"""What the offline checker says, in the active language; its script fills the places in."""

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from certificates.checking import Verdict
from certificates.choices import Kind

CHECKED = (
    *(Verdict.VALID, Verdict.EXPIRED, Verdict.SUPERSEDED, Verdict.REVOKED, Verdict.ALTERED),
    *(Verdict.LEAKED, Verdict.UNKNOWN_KEY, Verdict.FOREIGN),
)


def words() -> dict[str, str]:
    """Every sentence by its key."""
    verdicts = {verdict.value: str(verdict.label) for verdict in CHECKED}
    kinds = {f"kind_{kind.value}": str(kind.label) for kind in Kind}
    return {**verdicts, **kinds, "kind_": "", **_reasons(), **_facts(), **_page()}


def without_script() -> str:
    """What stands in the file for a browser that runs no script."""
    return _("This file can only check a certificate in a browser with JavaScript.")


def _reasons() -> dict[str, str]:
    return {
        "why_valid": _(
            "Signed by %(issuer)s, and not withdrawn as of %(listed)s. See that the paper says the same."
        ),
        "why_expired": _("It is genuine, and was valid until %(until)s."),
        "why_superseded": _("Do not rely on it. It was replaced by a corrected one on %(date)s."),
        "why_revoked": _("Do not rely on it. Withdrawn on %(date)s."),
        "why_altered": _(
            "It names a key of %(issuer)s, but is not what was signed. Scan the code once more: if the"
            " answer is the same, do not rely on the paper."
        ),
        "why_leaked": _(
            "The key that signed it has been in other hands. Check its number on the site of %(issuer)s."
        ),
        "why_unknown_key": _(
            "It is signed with a key that this file does not know. Either the file is too old, or"
            " %(issuer)s did not sign it."
        ),
        "why_foreign": _("This is not the text of the QR code on a certificate of %(issuer)s."),
    }


def _facts() -> dict[str, str]:
    return {
        "name": _("Name"),
        "course": _("Course"),
        "kind": _("Kind"),
        "completed": _("Completed"),
        "hours": _("Hours"),
        "issued": _("Issued"),
        "valid_until": _("Valid until"),
        "number": _("Number"),
        "key": pgettext("certificate", "Signed with the key"),
        "whole_name": _("The whole name, as it stands on the paper"),
        "whole_course": _("The whole title of the course, as it stands on the paper"),
        "whole_hint": _(
            "Only its beginning fits into the code. Type the whole to see whether it was signed."
        ),
        "compare": _("Compare"),
        "whole_same": _("This is what was signed."),
        "whole_other": _("This is not what was signed. See that you typed it as it is on the paper."),
    }


def _page() -> dict[str, str]:
    return {
        "title": _("Check a certificate"),
        "language": _("Language"),
        "again": _("Check another certificate"),
        "lede": _("This page works without a network. What you enter stays on this device."),
        "age": _("The list of withdrawn certificates in this file is of %(date)s."),
        "age_old": _(
            "The list of withdrawn certificates in this file is of %(date)s, which is too long ago. Save the"
            " checker anew where there is a network."
        ),
        "text_label": _("The text of the QR code"),
        "text_hint": _(
            "Scan the code with a phone, copy the address that it shows, all of it, and paste it here."
        ),
        "check": _("Check"),
        "photo_heading": _("A photo of the QR code"),
        "photo_label": _("Take a photo, or choose a picture"),
        "photo_missing": _(
            "This browser cannot read QR codes from pictures. Scan the code with the camera of a phone and"
            " paste the text that it shows."
        ),
        "photo_unread": _("No QR code was found in the picture"),
        "list_heading": _("A newer list"),
        "list_text": _(
            "Somebody with a network can save the newest list from this address and bring it to you:"
        ),
        "list_label": _("The file of the list"),
        "list_taken": _("The list of %(date)s is in use until you close this page."),
        "list_refused": _("This file is not a list that we signed."),
        "about": _(
            "The answer is computed here, from the signature in the code. Whether a certificate was withdrawn"
            " after the date of the list, only the site of the issuer can tell."
        ),
        "print": _("Print this answer"),
    }
