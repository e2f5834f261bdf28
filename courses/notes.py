"""Private notes of reflection blocks: read and written for their owner alone."""

from collections.abc import Iterator, Mapping
from uuid import UUID

from django.db import transaction

from accounts.models import User

from .models import ReflectionNote

LONGEST = 10_000  # characters


@transaction.atomic
def save_note(*, person: User, item_key: UUID, block_id: str, text: str) -> ReflectionNote | None:
    """Keep what the person wrote, cut at LONGEST; an empty text removes the note and returns None.

    Nothing is written to the audit log: that a judge reflected is theirs alone.
    """
    mine = ReflectionNote.objects.filter(person=person, item_key=item_key, block_id=block_id)
    kept = text.replace("\r\n", "\n").replace("\0", "").strip()[:LONGEST]
    if not kept:
        mine.delete()
        return None
    note, _created = ReflectionNote.objects.update_or_create(
        person=person, item_key=item_key, block_id=block_id, defaults={"text": kept}
    )
    return note


class NotesOf(Mapping[str, str]):
    """The person's notes on one item by block; asks the database only when a block looks for one."""

    def __init__(self, person_id: int, item_key: UUID) -> None:
        self._of = {"person_id": person_id, "item_key": item_key}
        self._notes: dict[str, str] | None = None

    def _read(self) -> dict[str, str]:
        if self._notes is None:
            rows = ReflectionNote.objects.filter(**self._of)
            self._notes = dict(rows.values_list("block_id", "text"))
        return self._notes

    def __getitem__(self, block_id: str) -> str:
        return self._read()[block_id]

    def __iter__(self) -> Iterator[str]:
        return iter(self._read())

    def __len__(self) -> int:
        return len(self._read())
