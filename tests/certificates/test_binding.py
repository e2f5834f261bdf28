"""Finished files bound into one: what is drawn stays, tags lead back, nothing is written twice."""

import io
from collections.abc import Callable

import pikepdf

from certificates.pdf import CertificateDocument, render
from certificates.pdf.binding import Binder
from tests.certificates.layouts import transcript


def bound(*files: tuple[bytes, str]) -> pikepdf.Pdf:
    out = io.BytesIO()
    binder = Binder(out, title="Ceremony – حفل", language="es")
    for data, name in files:
        binder.add(data, name)
    binder.close()
    return pikepdf.open(io.BytesIO(out.getvalue()))


def test_files_of_several_scripts_are_bound_with_title_language_and_bookmarks(
    drawn: Callable[[str], bytes],
) -> None:
    files = [(drawn(language), f"{language} (1)") for language in ("en", "ar", "bn")]
    with bound(*files) as pdf, pdf.open_outline() as outline:
        assert not pdf.check_pdf_syntax()
        assert (str(pdf.docinfo["/Title"]), str(pdf.Root.Lang)) == ("Ceremony – حفل", "es")
        assert [item.title for item in outline.root] == ["en (1)", "ar (1)", "bn (1)"]
        assert [str(part.Lang) for part in pdf.Root.StructTreeRoot.K[0].K] == ["en", "ar", "bn"]


def test_each_page_looks_and_reads_as_it_did(
    drawn: Callable[[str], bytes], poppler: Callable[..., bytes]
) -> None:
    with bound((drawn("ar"), "a"), (drawn("bn"), "b")) as pdf:
        out = io.BytesIO()
        pdf.save(out)
    for page, language in enumerate(("ar", "bn"), 1):
        only = ("-f", str(page), "-l", str(page))
        for tool, options in (("pdftotext", ()), ("pdftoppm", ("-r", "60", "-png"))):
            assert poppler(tool, out.getvalue(), *options, *only) == poppler(tool, drawn(language), *options)


def test_what_is_shared_is_written_once(drawn: Callable[[str], bytes]) -> None:
    def size(times: int) -> int:
        out = io.BytesIO()
        binder = Binder(out, title="x", language="en")
        for _time in range(times):
            binder.add(drawn("en"), "x")
        binder.close()
        return len(out.getvalue())

    once, ten = size(1), size(10)
    assert ten < once * 3


def test_every_entry_of_the_parent_tree_is_in_order_and_leads_to_its_page(
    drawn: Callable[[str], bytes],
) -> None:
    with bound(*[(drawn("es"), "x")] * 3) as pdf:
        keys: list[int] = []
        for leaf in pdf.Root.StructTreeRoot.ParentTree.Kids:
            nums = list(leaf.Nums)
            assert [int(limit) for limit in leaf.Limits] == [int(nums[0]), int(nums[-2])]
            keys += [int(key) for key in nums[::2]]
        assert keys == sorted(set(keys))
        assert len({int(page.obj.StructParents) for page in pdf.pages} & set(keys)) == 3


def test_a_file_of_several_pages_keeps_them_together_under_one_bookmark(
    sample: Callable[[str], CertificateDocument], drawn: Callable[[str], bytes]
) -> None:
    long = render(transcript(sample("es"), 40))
    with pikepdf.open(io.BytesIO(long)) as single:
        pages = len(single.pages)
    assert pages > 1
    with bound((long, "many"), (drawn("en"), "one")) as pdf, pdf.open_outline() as outline:
        assert len(pdf.pages) == pages + 1
        assert not pdf.check_pdf_syntax()
        targets = [item.destination[0].objgen for item in outline.root]
        assert targets == [pdf.pages[0].obj.objgen, pdf.pages[pages].obj.objgen]
