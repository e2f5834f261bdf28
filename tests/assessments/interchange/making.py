"""Any question that our formats could have to hold."""

from fractions import Fraction
from html import escape

from hypothesis import strategies as st

from assessments.interchange import building, markup
from assessments.interchange.draft import Draft, Row
from assessments.interchange.errors import Place
from assessments.interchange.item import Hint, Item

PNG = b"\x89PNG\r\n\x1a\n" + bytes(range(64))
PICTURES = {"a b.png": PNG, "ñandú.png": PNG + b"1", "قاض.png": PNG + b"2"}
LANGUAGES = ("en", "es", "ar")
# letters of several scripts, and every sign that some format keeps for itself
LETTERS = "abc XYZ ñé عدل ন্যায় 19 ~=#{}:\\/\"'<>&%*[](),;|.-_$"
WORDS = st.text(LETTERS, min_size=1, max_size=25).map(markup.line).filter(bool)
TYPED = st.text('abc XYZ ñéعدل 19~=#{}:\\/"<>&%', min_size=1, max_size=15).map(markup.line)
TYPED = TYPED.filter(lambda text: any(letter.isalnum() for letter in text))
SHARES = st.sampled_from([Fraction(1, 2), Fraction(1, 3), Fraction(1, 4), Fraction(1, 10), Fraction(2, 3)])
DECIMALS = st.integers(-99999, 99999).map(lambda number: Fraction(number, 1000))


@st.composite
def html(draw, pictures=False):
    """Clean HTML that says something."""
    pieces = []
    for words in draw(st.lists(WORDS, min_size=1, max_size=3)):
        shape = draw(
            st.sampled_from(
                ["{}", "<p>{}</p>", "<b>{}</b>", "<ul><li>{}</li></ul>", "{}<br>x", '<p dir="rtl">{}</p>']
            )
        )
        pieces.append(shape.format(escape(words, quote=False)))
    if pictures and draw(st.booleans()):
        name = draw(st.sampled_from(sorted(PICTURES)))
        pieces.append(f'<img src="{markup.media_address(name)}" alt="&quot;x&quot; &lt;">')
    return markup.clean(" ".join(pieces))


@st.composite
def texts(draw, rich, pictures=True):
    """A text in the language of origin, and in others when it is rich."""
    found = {"en": draw(html(rich and pictures))}
    for code in LANGUAGES[1:] if rich else ():
        if draw(st.booleans()):
            found[code] = draw(html(pictures))
    return found


def perhaps(strategy, otherwise):
    return st.one_of(st.just(otherwise), strategy)


def rows(rich, fractions):
    text = texts(rich)
    said = perhaps(texts(rich), {})
    return [st.builds(Row, text, st.just(fraction), said) for fraction in fractions]


@st.composite
def drafts(draw, rich):
    draft = Draft("made", Place(), "en", media=dict(PICTURES))
    draft.name = draw(WORDS)
    draft.fields |= {"stem": draw(texts(rich)), "category": tuple(draw(st.lists(WORDS, max_size=2)))}
    draft.fields["tags"] = tuple(dict.fromkeys(draw(st.lists(WORDS, max_size=2))))
    draft.fields["category"] = tuple(f"c {part}" for part in draft.fields["category"])
    draft.fields["identifier"] = draw(st.sampled_from(["", "q-7"]))
    if rich:
        draft.fields |= {
            "weight": draw(st.sampled_from([Fraction(1), Fraction(2), Fraction(1, 2), Fraction(5, 4)])),
            "penalty": draw(st.sampled_from([Fraction(0), Fraction(1, 3), Fraction(1, 10)])),
            "shuffle": draw(st.booleans()),
            "objective": draw(st.sampled_from(["", "A1.2"])),
            "difficulty": draw(st.sampled_from(["", "easy", "medium", "hard"])),
            "feedback": draw(perhaps(texts(True), {})),
            "reason": draw(perhaps(texts(True), {})),
            "authority": draw(perhaps(texts(True), {})),
            "when_right": draw(perhaps(texts(True), {})),
            "when_partly": draw(perhaps(texts(True), {})),
            "when_wrong": draw(perhaps(texts(True), {})),
            "marker_notes": draw(perhaps(texts(True), {})),
            "hints": tuple(
                draw(st.lists(st.builds(Hint, texts(True), st.booleans(), st.booleans()), max_size=2))
            ),
        }
    return draft


@st.composite
def singles(draw, rich):
    worths = [Fraction(1), *draw(st.lists(perhaps(SHARES, Fraction(0)), min_size=1, max_size=4))]
    options = [draw(row) for row in rows(rich, draw(st.permutations(worths)))]
    return building.choice(draw(drafts(rich)), options, single=True)


@st.composite
def multiples(draw, rich):
    right = draw(st.sampled_from([1, 2, 3, 4]))
    wrong = draw(
        st.lists(st.sampled_from([Fraction(0), Fraction(-1, 2), Fraction(-1)]), min_size=1, max_size=3)
    )
    worths = [Fraction(1, right)] * right + wrong
    options = [draw(row) for row in rows(rich, draw(st.permutations(worths)))]
    rule = draw(st.sampled_from(["partial", "all_or_nothing"])) if rich else "partial"
    return building.choice(draw(drafts(rich)), options, single=False, rule=rule)


@st.composite
def truths(draw, rich):
    said = {value: draw(perhaps(texts(rich), {})) for value in (True, False)}
    return building.truth(draw(drafts(rich)), draw(st.booleans()), said)


@st.composite
def shorts(draw, rich):
    forms = draw(st.lists(TYPED, min_size=1, max_size=4, unique=True))
    worths = [Fraction(1), *(draw(perhaps(SHARES, Fraction(1))) for _form in forms[1:])]
    accepted = [
        Row({"en": markup.from_plain(form)}, worth, draw(perhaps(texts(True), {})) if rich else {})
        for form, worth in zip(forms, worths, strict=True)
    ]
    if rich:
        accepted.append(Row({"en": "*"}, Fraction(0), draw(texts(True))))
    return building.short(draw(drafts(rich)), accepted, case=rich and draw(st.booleans()))


@st.composite
def numerics(draw, rich):
    values = draw(st.lists(DECIMALS, min_size=1, max_size=3 if rich else 1, unique=True))
    worths = [Fraction(1), *(draw(SHARES) for _value in values[1:])]
    accepted = [
        Row(
            {"en": building.numbers.exact(value)},
            worth,
            draw(perhaps(texts(True), {})) if rich else {},
            abs(draw(DECIMALS)),
        )
        for value, worth in zip(values, worths, strict=True)
    ]
    unit = {"label": {"en": "m"}, "factors": {"cm": "0.01"}, "required": draw(st.booleans())}
    return building.numeric(draw(drafts(rich)), accepted, unit if rich and draw(st.booleans()) else None)


@st.composite
def matchings(draw, rich):
    answers = draw(st.lists(WORDS, min_size=2, max_size=4, unique=True))
    prompts = [draw(texts(rich)) for _answer in answers]
    extra = draw(st.sampled_from([0, 1]))
    pairs = [
        ({} if at < extra else prompt, {"en": markup.from_plain(answer)})
        for at, (prompt, answer) in enumerate(zip(prompts, answers, strict=True))
    ]
    return building.matching(draw(drafts(rich)), pairs[extra:] + pairs[:extra])


@st.composite
def orderings(draw, rich):
    rule = draw(st.sampled_from(["exact", "adjacent", "longest_run"])) if rich else "exact"
    return building.ordering(draw(drafts(rich)), draw(st.lists(texts(rich), min_size=2, max_size=5)), rule)


@st.composite
def gaps(draw, rich):
    draft = draw(drafts(rich))
    names = [str(number) for number in range(1, draw(st.sampled_from([2, 3, 4])))]
    lists, replies, spec = {}, [], {}
    for name in names:
        if draw(st.booleans()):
            entries = [
                Row({"en": markup.from_plain(words)}, Fraction(0))
                for words in draw(st.lists(WORDS, min_size=1, max_size=3, unique=True))
            ]
            entries.append(Row({"en": markup.from_plain(draw(WORDS))}, Fraction(1)))
            spec[name] = building.chosen_gap(draft, name, entries, lists)
        else:
            forms = [
                Row({"en": markup.from_plain(form)}, Fraction(1))
                for form in draw(st.lists(TYPED, min_size=1, max_size=2, unique=True))
            ]
            accepted, said = building.typed(draft, forms, name)
            spec[name] = {"accepted": accepted, "case": draw(st.booleans()), "accents": True}
            replies += said
    draft.fields["weight"] = Fraction(len(spec))
    draft.fields["stem"] = {
        code: f"<p>{text.replace('{', '')}</p>" if not text.startswith("<") else "<p>x</p>"
        for code, text in draft.fields["stem"].items()
        if code == "en"
    }
    draft.fields["stem"] = {
        code: markup.clean(text) if text.count("<p>") == 1 and "<ul>" not in text else "<p>x</p>"
        for code, text in draft.fields["stem"].items()
    }
    passage = "<p>" + " and ".join(f"the {{{{{name}}}}}" for name in spec) + "</p>"
    return draft.item("gap", {"gaps": spec}, gaps=lists, replies=tuple(replies), passage={"en": passage})


@st.composite
def essays(draw, rich):
    spec = draw(st.sampled_from([{}, {"minimum_words": 50}])) if rich else {}
    if rich and draw(st.booleans()):
        spec = {**spec, "rubric": [{"points": "2", "text": {"en": draw(WORDS), "es": draw(WORDS)}}]}
    return draw(drafts(rich)).item("essay", spec)


@st.composite
def surveys(draw, rich):
    points = tuple(building.Option(str(at), draw(texts(rich))) for at in (1, 2, 3))
    return draw(drafts(rich)).item("survey", {"scale": ["1", "2", "3"]}, options=points)


@st.composite
def descriptions(draw, rich):
    draft = draw(drafts(rich))
    draft.fields["weight"] = Fraction(0)
    return draft.item("description", {})


@st.composite
def words(draw, rich):
    passage = {"en": "<p>{{1|Because}} of a lack the {{2|output}} fell.</p>"}
    spec = {"words": {"1": True, "2": False}, "rule": draw(st.sampled_from(["partial", "all_or_nothing"]))}
    return draw(drafts(rich)).item("words", spec, passage=passage)


KINDS = {
    "single": singles,
    "multiple": multiples,
    "true_false": truths,
    "short": shorts,
    "numeric": numerics,
    "matching": matchings,
    "ordering": orderings,
    "gap": gaps,
    "words": words,
    "essay": essays,
    "survey": surveys,
    "description": descriptions,
}


def items(kind, *, rich):
    """Items of a kind; a rich one has everything that an item can have, a plain one what all formats hold."""
    return KINDS[kind](rich).filter(lambda item: isinstance(item, Item)).map(Item.content)
