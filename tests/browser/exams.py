"""Examinations for the journeys: a question of each of the fourteen kinds in three languages, and its quiz.

Runs inside the server's own settings (`Server.run`), never in the test process.
"""

from datetime import timedelta
from fractions import Fraction
from typing import Any
from uuid import UUID, uuid4

from accounts.models import User
from assessments import attempts
from assessments.models import Attempt, Category, Option, Question, QuestionVersion
from assessments.papers import QuizSpec, SectionSpec, SlotSpec

LANGUAGES = ("en", "es", "ar")
Texts = tuple[str, str, str]


def key_of(number: int) -> str:
    """A key that tests can name."""
    return str(UUID(int=number))


def texts(field: str, words: Texts) -> dict[str, str]:
    """The columns of a text in the three languages."""
    return {f"{field}_{language}": text for language, text in zip(LANGUAGES, words, strict=True)}


def row(
    words: Texts, *, said: Texts | None = None, answer: Texts | None = None, **more: Any
) -> dict[str, Any]:
    """An option of a question."""
    return {
        **texts("text", words),
        **(texts("feedback", said) if said else {}),
        **(texts("match_text", answer) if answer else {}),
        **more,
    }


MET = ("He met the families", "Se reunió con las familias", "التقى بالعائلات")
LIED = ("He lied about the work", "Mintió sobre el trabajo", "كذب بشأن العمل")
ACT = ("The act", "El acto", "الفعل")
MEANS = ("The means", "El medio", "الوسيلة")
PURPOSE = ("The purpose", "El fin", "الغرض")
CONSENT: Texts = (
    "Consent is {{1}} where the victim is {{2}} eighteen.",
    "El consentimiento es {{1}} cuando la víctima es {{2}} de dieciocho años.",
    "الموافقة {{1}} عندما تكون الضحية {{2}} الثامنة عشرة.",
)
PICKED: Texts = (
    "They {{1|recruited}} her, {{2|paid}} the bus fare and {{3|deceived}} her about the {{4|house}}.",
    "La {{1|captaron}}, {{2|pagaron}} el pasaje y la {{3|engañaron}} sobre la {{4|casa}}.",
    "لقد {{1|استقطبوها}} و{{2|دفعوا}} أجرة الحافلة و{{3|خدعوها}} بشأن {{4|المنزل}}.",
)
STEMS: dict[str, Texts] = {
    "single": (
        "A man offers a girl of 17 work in the capital and pays her bus fare.\n\n"
        "Which element need not be proved?",
        "Un hombre ofrece a una joven de 17 años un trabajo en la capital y le paga el pasaje.\n\n"
        "¿Qué elemento no hace falta probar?",
        "عرض رجل على فتاة في السابعة عشرة عملاً في العاصمة ودفع أجرة الحافلة.\n\nأي عنصر لا يلزم إثباته؟",
    ),
    "multiple": ("Which of these are acts?", "¿Cuáles de estos son actos?", "أي مما يلي يعد فعلاً؟"),
    "true_false": (
        "A border must have been crossed.",
        "Tiene que haberse cruzado una frontera.",
        "يجب أن تكون الحدود قد عُبرت.",
    ),
    "matching": ("What does each fact prove?", "¿Qué prueba cada hecho?", "ماذا تثبت كل واقعة؟"),
    "ordering": ("What comes first?", "¿Qué va primero?", "ما الذي يأتي أولاً؟"),
    "numeric": (
        "How much compensation does the court award?",
        "¿Cuánta indemnización concede el tribunal?",
        "كم التعويض الذي تحكم به المحكمة؟",
    ),
    "short": (
        "Which purpose do all forms share?",
        "¿Qué fin tienen en común todas las formas?",
        "ما الغرض المشترك بين كل الصور؟",
    ),
    "gap": ("Complete the sentence.", "Complete la frase.", "أكمل الجملة."),
    "words": (
        "Select the words that describe an act or a means.",
        "Seleccione las palabras que describen un acto o un medio.",
        "حدد الكلمات التي تصف فعلاً أو وسيلة.",
    ),
    "scenario": (
        "You hear the first statement of a victim.",
        "Usted escucha la primera declaración de una víctima.",
        "تستمع إلى الإفادة الأولى لضحية.",
    ),
    "essay": (
        "Write the paragraph that answers the objection of delay.",
        "Escriba el párrafo que responde a la objeción de la demora.",
        "اكتب الفقرة التي ترد على الاعتراض بالتأخر.",
    ),
    "file": ("Hand in your draft judgment.", "Entregue su proyecto de sentencia.", "سلّم مسودة حكمك."),
    "survey": (
        "How sure do you feel when you assess consent?",
        "¿Qué seguridad siente al valorar el consentimiento?",
        "ما مدى ثقتك عند تقييم الموافقة؟",
    ),
    "description": (
        "The next questions are about one case.\n\nRead the facts of the case before you go on.",
        "Las siguientes preguntas tratan de un caso.\n\nLea los hechos del caso antes de continuar.",
        "تتعلق الأسئلة التالية بقضية واحدة.\n\nاقرأ وقائع القضية قبل المتابعة.",
    ),
}
WHY: Texts = (
    "Article 3(c) removes the means where the victim is under 18.",
    "El artículo 3 c) suprime el medio cuando la víctima es menor de 18 años.",
    "تُسقط المادة 3 (ج) عنصر الوسيلة متى كانت الضحية دون الثامنة عشرة.",
)
ROWS: dict[str, list[dict[str, Any]]] = {
    "single": [
        row(ACT, said=("It remains.", "Permanece.", "يبقى قائماً.")),
        row(MEANS, correct=True),
        row(PURPOSE),
        row(("Think of the age.", "Piense en la edad.", "فكّر في السن."), role="hint"),
        row(("Read Article 3(c).", "Lea el artículo 3 c).", "اقرأ المادة 3 (ج)."), role="hint"),
    ],
    "multiple": [
        row(("Recruitment", "Captación", "الاستقطاب"), correct=True),
        row(("Harbouring", "Acogida", "الإيواء"), correct=True),
        row(("Deception", "Engaño", "الخداع")),
    ],
    "matching": [
        row(MET, answer=ACT, match_key=key_of(1)),
        row(LIED, answer=MEANS, match_key=key_of(2)),
        row(("", "", ""), answer=PURPOSE, match_key=key_of(3)),
    ],
    "ordering": [
        row(("First aid", "Primeros auxilios", "الإسعافات الأولية")),
        row(("Interviews", "Entrevistas", "المقابلات")),
        row(("Decision", "Decisión", "القرار")),
    ],
    "gap": [
        row(("below", "menor", "دون"), role="gap_entry", belongs_to="2", correct=True),
        row(("above", "mayor", "فوق"), role="gap_entry", belongs_to="2"),
    ],
    "scenario": [
        row(
            (
                "She asks for a lawyer before she answers.",
                "Pide un abogado antes de responder.",
                "تطلب محامياً قبل أن تجيب.",
            ),
            role="situation",
            key=key_of(101),
        ),
        row(
            ("Adjourn for an hour", "Suspender una hora", "رفع الجلسة ساعة"),
            said=("She comes back with counsel.", "Vuelve con un abogado.", "تعود ومعها محامٍ."),
            role="decision",
            belongs_to=key_of(101),
            key=key_of(111),
            correct=True,
        ),
        row(
            ("Go on with the questions", "Seguir con las preguntas", "متابعة الأسئلة"),
            said=(
                "The statement is struck out later.",
                "La declaración se anula después.",
                "تُستبعد الإفادة لاحقاً.",
            ),
            role="decision",
            belongs_to=key_of(101),
            key=key_of(112),
        ),
        row(
            ("Counsel asks for the file.", "El abogado pide el expediente.", "يطلب المحامي الملف."),
            role="situation",
            key=key_of(102),
        ),
        row(
            ("Hand it over", "Entregarlo", "تسليمه"),
            said=("The hearing goes on in order.", "La audiencia sigue en orden.", "تستمر الجلسة كما ينبغي."),
            role="decision",
            belongs_to=key_of(102),
            key=key_of(121),
            correct=True,
        ),
        row(("Refuse", "Negarlo", "رفضه"), role="decision", belongs_to=key_of(102), key=key_of(122)),
    ],
    "essay": [row(("Says why", "Dice por qué", "يبيّن السبب"), role="criterion", fraction=Fraction(2))],
    "file": [
        row(
            ("Cites the treaty", "Cita el tratado", "يستشهد بالمعاهدة"),
            role="criterion",
            fraction=Fraction(2),
        )
    ],
    "survey": [
        row(("Not sure at all", "Ninguna", "لست واثقاً إطلاقاً")),
        row(("Fairly sure", "Bastante", "واثق إلى حد ما")),
        row(("Very sure", "Mucha", "واثق جداً")),
    ],
}
MARKING: dict[str, dict[str, Any]] = {
    "true_false": {
        "answer": False,
        "jurisdictions": {
            "JO": [{"citation": "Law No. 9 of 2009, art. 3 (as invented here)", "answer": True}]
        },
    },
    "numeric": {
        "value": "133000",
        "unit": {"label": {"en": "taka", "es": "takas", "ar": "تاكا"}, "factors": {"lakh": "100000"}},
    },
    "short": {"accepted": {"en": ["exploitation"], "es": ["explotación"], "ar": ["الاستغلال", "استغلال"]}},
    "gap": {
        "gaps": {
            "1": {"accepted": {"en": ["irrelevant"], "es": ["irrelevante"], "ar": ["غير معتبرة"]}},
            "2": {},
        }
    },
    "words": {"words": {"1": True, "2": False, "3": True, "4": False}},
    "scenario": {
        "scenario": {"decisions": {key_of(111): {"next": key_of(102)}, key_of(112): {"next": key_of(102)}}}
    },
    "essay": {"minimum_words": 50},
    "file": {"types": [".pdf", ".docx"], "largest": 2_000_000, "most": 2},
}
PASSAGES = {"gap": CONSENT, "words": PICKED}
KINDS = tuple(STEMS)


def question(kind: str) -> Question:
    """The question of a kind, made at the first call."""
    category, _created = Category.objects.get_or_create(
        slug="examination", defaults=texts("name", ("Examination", "Examen", "الامتحان"))
    )
    found = Question.objects.filter(category=category, versions__kind=kind).first()
    if found:
        return found
    made = Question.objects.create(category=category, status="ready")
    version = QuestionVersion.objects.create(
        question=made,
        kind=kind,
        marking=MARKING.get(kind, {}),
        **texts("stem", STEMS[kind]),
        **texts("reason", WHY),
        **(texts("passage", PASSAGES[kind]) if kind in PASSAGES else {}),
    )
    for place, option in enumerate(ROWS.get(kind, [])):
        Option.objects.create(version=version, sort_order=place, **option)
    return made


def exam(
    *,
    email: str,
    language: str,
    kinds: list[str] | None = None,
    behaviour: str = "deferred",
    parts: int = 0,
    minutes: int | None = None,
    country: str = "",
    **rules: Any,
) -> str:
    """Begin an attempt of somebody at a quiz with these kinds; return its key."""
    asked = kinds or list(KINDS)
    slots = tuple(
        SlotSpec(question_key=question(kind).key, section=place * parts // len(asked) if parts else 0)
        for place, kind in enumerate(asked)
    )
    quiz = QuizSpec(
        key=uuid4(),
        title=dict(zip(LANGUAGES, ("Trial examination", "Examen de prueba", "امتحان تجريبي"), strict=True)),
        slots=slots,
        behaviour=behaviour,
        sections=tuple(SectionSpec(minimum=Fraction(1, 2)) for _part in range(parts)),
        time_limit=timedelta(minutes=minutes) if minutes else None,
        **rules,
    )
    person = User.objects.get(email=email)
    return str(attempts.start(person=person, quiz=quiz, language=language, jurisdiction=country).key)


def hand_in(*, key: str) -> str:
    """Hand in an attempt behind its learner's back, as the clock would; return how it stands."""
    return str(attempts.submit(attempt=Attempt.objects.get(key=key)).status)
