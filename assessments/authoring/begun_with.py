"""What a form began with, so that nobody's work is overwritten unseen."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from typing import Any

from django.conf import settings

from assessments.authoring.common import CommonForm
from assessments.differences import content_of
from assessments.models import QuestionVersion


def mark_of(version: QuestionVersion, tags: Iterable[str]) -> str:
    """A digest of all that the form of a question holds; equal while nothing else was stored.

    Translations are no part of it: they are written elsewhere, and the form keeps them.
    """
    question, content = version.question, content_of(version)
    shown = {
        "kind": content["kind"],
        "marking": content["marking"],
        "texts": _without_others(content["texts"], version.source_language),
        "pieces": [_without_others(piece, version.source_language) for piece in content["pieces"]],
        "about": [str(getattr(question, name) or "") for name in CommonForm.ABOUT if name != "category"],
        "category": question.category_id,
        "tags": sorted(tag.casefold() for tag in tags),
    }
    return hashlib.sha256(json.dumps(shown, sort_keys=True).encode()).hexdigest()


def _without_others(texts: Mapping[str, Any], language: str) -> dict[str, Any]:
    others = tuple(f"_{code}" for code, _name in settings.LANGUAGES if code != language)
    return {name: text for name, text in texts.items() if not name.endswith(others)}
