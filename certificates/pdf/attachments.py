"""A file inside a finished PDF, as PDF/A-3 allows: said what it is and how it belongs to the page.

pikepdf is imported where it is used: it takes a third of a second, and the site starts without it.
"""

from __future__ import annotations

import io

NAME = "credential.json"


def attach(
    pdf: bytes,
    *,
    data: bytes,
    description: str,
    name: str = NAME,
    mime: str = "application/json",
) -> bytes:
    """The file with another in it; the same input gives the same bytes. Not for a signed file.

    `description` is what a reader shows and reads out beside the name.
    """
    import pikepdf
    from pikepdf import Array, Name

    with pikepdf.open(io.BytesIO(pdf)) as opened:
        made = str(opened.docinfo["/ModDate"])
        inside = pikepdf.AttachedFileSpec(
            opened,
            data,
            filename=name,
            mime_type=mime,
            description=description,
            creation_date=made,
            mod_date=made,
        )
        inside.relationship = Name.Data  # the same facts as the page, for machines
        opened.attachments[name] = inside
        opened.Root.AF = Array([*opened.Root.get("/AF", []), opened.attachments[name].obj])
        out = io.BytesIO()
        opened.save(
            out,
            min_version="1.7",
            object_stream_mode=pikepdf.ObjectStreamMode.generate,
            deterministic_id=True,
        )
    return out.getvalue()


def attached(pdf: bytes, name: str = NAME) -> bytes | None:
    """The bytes of a file inside a PDF, or None where there is none of that name."""
    import pikepdf

    with pikepdf.open(io.BytesIO(pdf)) as opened:
        if name not in opened.attachments:
            return None
        return opened.attachments[name].get_file().read_bytes()
