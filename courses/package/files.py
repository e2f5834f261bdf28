"""The files of a package and what each may hold."""

import datetime

from assessments.choices import Behaviour, Counts, Difficulty, Kind, OptionRole, QuestionStatus, TextForm
from assessments.visibility import Facet, Phase
from courses.choices import (
    Certainty,
    CompletionRule,
    EnrolmentPolicy,
    FeedbackWhen,
    LawTopic,
    QuizPurpose,
    Scope,
)

from .schema import Asset, Key, Many, Plain, Record, Rich, Schema, Text

SLUG = r"[a-z0-9]+(-[a-z0-9]+)*"
NUMBER = (int, float)
FRACTION = r"-?\d+(/\d+)?"
POINTS = r"\d+([./]\d+)?"
NOTHING = type(None)
PIECES = tuple(role for role in OptionRole.values if role != OptionRole.OPTION)
FACET_NAMES = tuple(str(facet) for facet in Facet)
PHASES = tuple(str(phase) for phase in Phase)

BLOCKS: dict[str, dict[str, Schema]] = {
    "rich_text": {"text": Rich()},
    "key_point": {"text": Rich()},
    "elements": {
        "cards": Many(
            Record({"heading": Text(), "note": Text(required=False), "items": Many(Text())}), least=2
        ),
        "summary": Text(required=False),
    },
    "law_comparison": {
        "heading": Text(required=False),
        "topics": Many(Plain(choices=tuple(LawTopic.values))),
        "article": Plain(),
    },
    "case_study": {
        "title": Text(),
        "facts": Many(Text()),
        "question": Text(),
        "reasoning": Rich(),
    },
    "image": {"file": Asset(), "alt": Text(), "caption": Text(required=False)},
    "video": {
        "title": Text(),
        "file": Asset(),
        "poster": Asset(required=False),
        "captions": Asset(required=False),
        "transcript": Rich(required=False),
        "audio_file": Asset(required=False),
    },
    "audio": {
        "title": Text(),
        "file": Asset(),
        "captions": Asset(required=False),
        "transcript": Rich(),
    },
    "document": {"title": Text(), "files": Asset()},
    "steps": {
        "heading": Text(required=False),
        "items": Many(Record({"heading": Text(), "text": Text(required=False)})),
    },
    "table": {
        "caption": Text(),
        "header": Many(Text()),
        "rows": Many(Many(Text())),
    },
    "quotation": {
        "text": Text(),
        "court": Text(),
        "case": Text(),
        "citation": Text(required=False),
        "original_language": Plain(required=False),
    },
    "reflection": {"prompt": Text()},
    "knowledge_check": {
        "question": Text(),
        "options": Many(Record({"text": Text(), "correct": Plain(bool), "feedback": Text()}), least=2),
    },
    "content_warning": {"warning": Text(), "summary": Rich(), "content": Rich()},
}


def block(kind: str) -> Record:
    """Return what a block of the kind holds."""
    return Record({"type": Plain(), "id": Plain(pattern=r"[\w-]{8,60}"), **BLOCKS[kind]})


ITEM: dict[str, Schema] = {
    "type": Plain(choices=("lesson", "quiz")),
    "key": Key(),
    "slug": Plain(pattern=SLUG),
    "title": Text(),
    "required": Plain(bool, required=False),
    "opens_on": Plain(datetime.date, required=False),
    "after": Key(required=False),
}
LESSON = Record({**ITEM, "minutes": Plain(int), "outcome": Text(required=False)})
QUIZ = Record(
    {
        **ITEM,
        "purpose": Plain(choices=tuple(QuizPurpose.values), required=False),
        "intro": Text(required=False),
        "pass_mark": Plain((str, int), pattern=FRACTION),
        "attempts": Plain(int, required=False),
        "time_limit_minutes": Plain(int, required=False),
        "shuffle_questions": Plain(bool, required=False),
        "shuffle_options": Plain(bool, required=False),
        "feedback": Plain(choices=tuple(FeedbackWhen.values), required=False),
        "show_answers": Plain(bool, required=False),
        "rules": Record(
            {
                "behaviour": Plain(choices=tuple(Behaviour.values), required=False),
                "tries": Plain(int, required=False),
                "penalty": Plain((str, int), pattern=FRACTION, required=False),
                "practice": Plain(bool, required=False),
                "in_order": Plain(bool, required=False),
                "counts": Plain(choices=tuple(Counts.values), required=False),
                "delay_minutes": Plain(int, required=False),
                "late_grace_minutes": Plain(int, required=False),
                "needs_ticket": Plain(bool, required=False),
                "second_marker": Plain(bool, required=False),
                "moderation_over": Plain((str, int), pattern=FRACTION, required=False),
            },
            required=False,
        ),
        "shows": Record(
            {phase: Many(Plain(choices=FACET_NAMES), required=False, least=0) for phase in PHASES},
            required=False,
        ),
        "paired_with": Key(required=False),
        "sections": Many(
            Record(
                {
                    "name": Plain(required=False),
                    "shuffle": Plain(bool, required=False),
                    "in_order": Plain(bool, required=False),
                    "minimum": Plain((str, int), pattern=FRACTION, required=False),
                }
            ),
            required=False,
        ),
        "slots": Many(
            Record(
                {
                    "question": Key(required=False),
                    "version": Plain(int, required=False),
                    "category": Key(required=False),
                    "vignette": Key(required=False),
                    "tags": Many(Plain(), required=False),
                    "section": Plain(int, required=False),
                    "objective": Plain(required=False),
                    "difficulty": Plain(choices=tuple(Difficulty.values), required=False),
                    "count": Plain(int, required=False),
                    "weight": Plain((int, str), required=False),
                }
            )
        ),
    }
)
MODULE = Record(
    {
        "key": Key(),
        "slug": Plain(pattern=SLUG),
        "title": Text(),
        "summary": Text(required=False),
        "outcomes": Many(Text(), required=False),
        "needed": Plain(int, required=False),
        "items": Many(Plain(pattern=r"[\w-]+\.yaml")),
    }
)
COURSE = Record(
    {
        "code": Plain(pattern=r"[A-Z0-9-]{2,30}"),
        "key": Key(),
        "slug": Plain(pattern=SLUG),
        "version": Plain(int),
        "source_language": Plain(),
        "languages": Many(Plain()),
        "title": Text(),
        "summary": Text(),
        "audience": Text(required=False),
        "outcomes": Many(Text(), required=False),
        "hours": Plain(NUMBER),
        "topic": Record({"slug": Plain(pattern=SLUG), "name": Text()}, required=False),
        "roles": Many(Plain(), required=False),
        "enrolment": Plain(choices=tuple(EnrolmentPolicy.values)),
        "validity_months": Plain(int, required=False),
        "certificate": Record(
            {
                "wording": Text(required=False),
                "merit_from": Plain(int, required=False),
                "distinction_from": Plain(int, required=False),
            },
            required=False,
        ),
        "completion": Record({"rule": Plain(choices=tuple(CompletionRule.values))}, required=False),
        "authors": Plain(required=False),
        "cover": Asset(required=False),
        "glossary": Plain(required=False),
        "modules": Many(Plain(pattern=r"[\w-]+")),
        "pretest": Plain(pattern=r"[\w-]+\.yaml", required=False),
        "finaltest": Plain(pattern=r"[\w-]+\.yaml", required=False),
    }
)
GLOSSARY = Record(
    {
        "terms": Many(
            Record(
                {
                    "slug": Plain(pattern=SLUG),
                    "term": Text(),
                    "definition": Text(required=False),
                    "source": Text(required=False),
                }
            )
        )
    }
)
ACCEPTED = Record({code: Many(Plain(), required=False) for code in ("en", "es", "pt", "fr", "ar", "bn")})
QUESTION = Record(
    {
        "key": Key(),
        "kind": Plain(choices=tuple(Kind.values)),
        "status": Plain(choices=tuple(QuestionStatus.values), required=False),
        "difficulty": Plain(choices=tuple(Difficulty.values), required=False),
        "objective": Plain(required=False),
        "stem": Text(),
        "text": Text(required=False),
        "answer": Plain(bool, required=False),
        "options": Many(
            Record(
                {
                    "key": Key(),
                    "text": Text(),
                    "correct": Plain(bool, required=False),
                    "fraction": Plain((str, int), pattern=FRACTION, required=False),
                    "feedback": Text(required=False),
                }
            ),
            required=False,
            least=2,
        ),
        "pairs": Many(
            # an answer without a prompt misleads
            Record({"key": Key(), "prompt": Text(required=False), "answer_key": Key(), "answer": Text()}),
            required=False,
            least=2,
        ),
        "items": Many(Record({"key": Key(), "text": Text()}), required=False, least=2),
        "rule": Plain(required=False),
        "value": Plain((int, str), required=False),
        "tolerance": Plain((int, str), required=False),
        "unit": Text(required=False),
        "accepted": Record(ACCEPTED.fields, required=False),
        "gaps": Plain(dict, required=False),
        "minimum_words": Plain(int, required=False),
        "rubric": Many(Record({"text": Text(), "points": Plain((int, str), pattern=POINTS)}), required=False),
        "marking": Plain(dict, required=False),
        "pieces": Many(
            Record(
                {
                    "key": Key(),
                    "role": Plain(choices=PIECES),
                    "belongs_to": Plain((str, int), required=False),
                    "text": Text(required=False),
                    "correct": Plain(bool, required=False),
                    "fraction": Plain((str, int), pattern=FRACTION, required=False),
                    "feedback": Text(required=False),
                }
            ),
            required=False,
        ),
        "feedback": Text(required=False),
        "reason": Text(required=False),
        "source": Text(required=False),
        "text_form": Plain(choices=tuple(TextForm.values), required=False),
        "name": Plain(required=False),
        "tags": Many(Plain(), required=False),
        "vignette": Record(
            {"key": Key(), "variant": Plain(), "name": Text(), "attribute": Text()}, required=False
        ),
    }
)
QUESTIONS = Record({"key": Key(), "slug": Plain(pattern=SLUG), "name": Text(), "questions": Many(QUESTION)})

INSTRUMENTS = Record(
    {
        "instruments": Many(
            Record(
                {
                    "slug": Plain(),
                    "title": Text(),
                    "short_title": Text(required=False),
                    "adopted": Plain(datetime.date, required=False),
                    "in_force": Plain(datetime.date, required=False),
                    "source": Plain(required=False),
                    "articles": Many(
                        Record(
                            {
                                "slug": Plain(),
                                "label": Text(),
                                "topics": Many(Plain(choices=tuple(LawTopic.values)), least=0),
                                "summary": Text(),
                                "excerpt": Plain(required=False),
                            }
                        )
                    ),
                }
            )
        )
    }
)
PROVISIONS = Record(
    {
        "jurisdiction": Plain(pattern="[A-Z]{2}"),
        "provisions": Many(
            Record(
                {
                    "key": Key(),
                    "jurisdiction": Plain(pattern="[A-Z]{2}"),
                    "topic": Plain(choices=tuple(LawTopic.values)),
                    "law_name_original": Plain(),
                    "original_language": Plain(),
                    "law_name": Text(required=False),
                    "article": Plain(required=False),
                    "summary": Text(),
                    "excerpt": Plain(required=False),
                    "source": Text(required=False),
                    "valid_from": Plain(datetime.date, required=False),
                    "valid_to": Plain(datetime.date, required=False),
                    "law_as_at": Plain(datetime.date),
                    "certainty": Plain(choices=tuple(Certainty.values)),
                    "published": Plain(bool),
                    "unpublished_reason": Plain(required=False),
                    "scope": Plain(choices=tuple(Scope.values), required=False),
                    "scope_note": Text(required=False),
                    "reviewer": Plain(required=False),
                    "next_review": Plain(datetime.date, required=False),
                }
            )
        ),
    }
)
