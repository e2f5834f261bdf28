"""Answers for demo attempts, made from the frozen key: invented people know what is to be known, or not."""

import random
from collections.abc import Mapping
from typing import Any

from assessments.paper import PaperSlot
from assessments.scoring import scenario


def right_answer(slot: PaperSlot, language: str) -> dict[str, Any]:
    """Return a response that earns the full mark; an essay is given a sentence, a scale its first point."""
    spec = slot.spec
    match slot.kind:
        case "single":
            return {"choice": next(key for key, worth in spec["options"].items() if worth == "1")}
        case "multiple":
            return {
                "choices": [key for key, worth in spec["options"].items() if not worth.startswith(("-", "0"))]
            }
        case "true_false":
            return {"choice": "true" if spec["answer"] else "false"}
        case "matching":
            return {"pairs": dict(spec["pairs"])}
        case "ordering":
            return {"order": list(spec["order"])}
        case "numeric":
            return {"value": str(spec["value"]), "unit": ""}
        case "short":
            return {"text": _accepted(spec, language)}
        case "gap":
            return {"gaps": {name: _fill(gap, language) for name, gap in spec["gaps"].items()}}
        case "words":
            return {"words": [name for name, meant in spec["words"].items() if meant]}
        case "scenario":
            return {"path": list(scenario.Key.parse(spec).right_path())}
        case "survey":
            return {"choice": spec["scale"][0]}
    return {"text": "…"}


def wrong_answer(slot: PaperSlot, chance: random.Random) -> dict[str, Any]:
    """Return a response of somebody who does not know; nothing where it would have to be typed."""
    spec = slot.spec
    match slot.kind:
        case "single":
            wrong = sorted(key for key, worth in spec["options"].items() if worth == "0")
            # one of them tempts more than the others
            return {"choice": chance.choices(wrong, weights=range(len(wrong), 0, -1))[0]}
        case "multiple":
            worth = sorted(spec["options"], key=lambda key: spec["options"][key].startswith("-"))
            return {"choices": [worth[0], worth[-1]]}
        case "true_false":
            return {"choice": "false" if spec["answer"] else "true"}
        case "matching":
            prompts, answers = list(spec["pairs"]), list(spec["pairs"].values())
            return {"pairs": dict(zip(prompts, answers[1:] + answers[:1], strict=True))}
        case "ordering":
            return {"order": list(reversed(spec["order"]))}
    return {}


def _fill(gap: Mapping[str, Any], language: str) -> str:
    if "options" in gap:
        return str(next(key for key, worth in gap["options"].items() if worth == "1"))
    return _accepted(gap, language) if "accepted" in gap else str(gap["value"])


def _accepted(spec: Mapping[str, Any], language: str) -> str:
    accepted = spec["accepted"]
    return str((accepted.get(language) or next(iter(accepted.values())))[0])
