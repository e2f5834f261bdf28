"""What a page says, without its markup."""

import re

from django.http import HttpResponse


def words_of(page: HttpResponse) -> str:
    """Return the words of a page in reading order, those of its head and drawings left out."""
    html = re.sub(r"<(head|svg)\b.*?</\1>", " ", page.content.decode(), flags=re.DOTALL)
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())
