"""What a format can hold comes back as it was; what it cannot is said."""

import io

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from assessments.interchange import WRITERS, Item, read, write
from tests.assessments.interchange.making import KINDS, items

# a failing item is readable as it is; making it smaller takes minutes
QUICK = settings(
    max_examples=12,
    deadline=None,
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
    suppress_health_check=list(HealthCheck),
)


def back(form, found):
    """The items after a way through a file, each with the notices of its writing."""
    written = write(form, found)
    left = [
        (place, item)
        for place, item in enumerate(found)
        if not any(notice.code == "not_exported" for notice in written.notices.get(place, ()))
    ]
    if not left:
        return []
    entries = list(read(io.BytesIO(written.content), language="en"))
    assert len(entries) == len(left)
    return [
        (item, entry, written.notices.get(place, ()))
        for (place, item), entry in zip(left, entries, strict=True)
    ]


@pytest.mark.parametrize("form", WRITERS)
@pytest.mark.parametrize("kind", KINDS)
@QUICK
@given(st.data())
def test_where_nothing_is_noted_export_and_import_are_the_identity(form, kind, data):
    found = data.draw(st.lists(items(kind, rich=data.draw(st.booleans())), min_size=1, max_size=2))
    for item, entry, notices in back(form, found):
        assert isinstance(entry, Item), (entry, notices)
        if not notices:
            assert entry.content() == item


@pytest.mark.parametrize("kind", KINDS)
@QUICK
@given(st.data())
def test_our_own_spreadsheet_holds_everything(kind, data):
    found = data.draw(st.lists(items(kind, rich=True), min_size=1, max_size=2))
    assert not write("sheet", found).notices
    assert [entry.content() for _item, entry, _notices in back("sheet", found)] == found


HELD = {
    "moodle_xml": set(KINDS) - {"survey", "words"},
    "gift": set(KINDS) - {"survey", "words", "gap"},
    "qti": set(KINDS),
}


@pytest.mark.parametrize(("form", "kind"), [(form, kind) for form in HELD for kind in sorted(HELD[form])])
@QUICK
@given(st.data())
def test_a_plain_question_is_held_whole_by_every_format(form, kind, data):
    item = data.draw(items(kind, rich=False))
    assert not write(form, [item]).notices
    assert [entry.content() for _item, entry, _notices in back(form, [item])] == [item]
