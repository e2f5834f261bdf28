"""What readers find in a drawn certificate, and what they should find."""

import io
import re
import subprocess
import unicodedata

import pikepdf
from pypdf import PdfReader

from certificates.pdf import CertificateDocument

# invisible: what left-over glyphs stand for, and the isolates around numbers
UNSEEN = dict.fromkeys(map(ord, "\u200f\u2060\u2066\u2069"))
RIGHT_TO_LEFT = re.compile("[\u0600-\u06ff\u200c\u200d]+|[\u0780-\u07bf]+")


def set_text(document: CertificateDocument) -> str:
    """All that stands on the sheet, in reading order."""
    *body, number_label, number, verify_label, address = document.normalised().texts()
    return words(" ".join([*body, f"{number_label} {number} · {verify_label} {address}"]))


def copied(pdf: bytes) -> str:
    """What poppler copies, which goes by /ActualText."""
    command = ["pdftotext", "-raw", "-", "-"]
    return words(subprocess.run(command, input=pdf, capture_output=True, check=True).stdout.decode())


def by_glyphs(pdf: bytes) -> str:
    """What pypdf reads, which knows nothing but what each glyph stands for."""
    text = words(PdfReader(io.BytesIO(pdf)).pages[0].extract_text())
    return text.replace("ọ̀ -", "ọ̀-")  # it takes the way back from a moved mark for a space


def said(pdf: bytes) -> set[str]:
    """Every /ActualText in the file."""
    with pikepdf.open(io.BytesIO(pdf)) as file:
        return {
            str(operands[1].ActualText).strip()
            for page in file.pages
            for operands, operator in pikepdf.parse_content_stream(page)
            if str(operator) == "BDC" and "/ActualText" in operands[1]
        }


def right_to_left_words(document: CertificateDocument) -> set[str]:
    """The words of Arabic and Thaana letters on a sheet; numbers run to the right."""
    found = {word for text in document.normalised().texts() for word in RIGHT_TO_LEFT.findall(text)}
    return {word.strip("،؛؟") for word in found if len(word) > 1 and not word.isdecimal()}


def words(text: str) -> str:
    return " ".join(text.split())


def letters(text: str) -> str:
    """The letters alone: compatibility forms taken apart, without spaces and invisible marks."""
    return "".join(unicodedata.normalize("NFKD", text.translate(UNSEEN)).split())
