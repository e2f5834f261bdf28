"""Invented people. One signs in for each role; 41 judges from 12 countries fill a cohort."""

from dataclasses import dataclass

from accounts.roles import Role

PASSWORD = "aula-demo-2026"  # noqa: S105 - shown on the screen by `make demo`, and only there


@dataclass(frozen=True)
class Guide:
    """A demo person who signs in, and what to try as them."""

    email: str
    name: str
    role: Role
    country: str
    language: str
    profession: str
    start: str


GUIDES = (
    Guide(
        "judge@demo.example", "Lucía Fernández Ortega", Role.LEARNER, "MX", "es", "judge", "/es/my-learning/"
    ),
    Guide("qadi@demo.example", "القاضية سلمى الخطيب", Role.LEARNER, "JO", "ar", "judge", "/ar/my-learning/"),
    Guide("trainer@demo.example", "Teresa Molina Quiroga", Role.TRAINER, "CO", "es", "other", "/cms/"),
    Guide("translator@demo.example", "Tomás Ferreira Lima", Role.TRANSLATOR, "BR", "pt", "other", "/cms/"),
    Guide("legal@demo.example", "Leonor Prado Aguilar", Role.LEGAL_REVIEWER, "GT", "es", "judge", "/cms/"),
    Guide(
        "registrar@demo.example", "Rosa Ibáñez Soto", Role.PROGRAMME_STAFF, "US", "en", "other", "/en/staff/"
    ),
    Guide("auditor@demo.example", "Arben Hoxha", Role.AUDITOR, "AL", "en", "other", "/en/staff/"),
    Guide("admin@demo.example", "Ada Okafor", Role.ADMINISTRATOR, "US", "en", "other", "/cms/"),
)


@dataclass(frozen=True)
class Participant:
    """A judge of the demo cohort; `stage` 0..1 is how far along the course they are."""

    name: str
    latin: str
    country: str
    language: str
    sex: str
    court: str
    stage: float


def _rows(country: str, language: str, court: str, *people: tuple[str, str, str, float]) -> list[Participant]:
    return [
        Participant(name, latin, country, language, sex, court, stage) for name, latin, sex, stage in people
    ]


PARTICIPANTS: list[Participant] = [
    *_rows(
        "MX",
        "es",
        "Juzgado Segundo de Distrito, Puebla",
        ("María Guadalupe Hernández Ruiz", "", "female", 1.0),
        ("José Ángel Núñez Peña", "", "male", 0.8),
        ("Ximena Yáñez Ávila", "", "female", 0.45),
        ("Óscar Ibarra Zúñiga", "", "male", 0.0),
    ),
    *_rows(
        "GT",
        "es",
        "Tribunal Tercero de Sentencia, Guatemala",
        ("Ixchel Tuyuc Ajú", "", "female", 1.0),
        ("Byron Estuardo Morales Cifuentes", "", "male", 0.6),
        ("Claudia Lissette Méndez", "", "female", 0.3),
        ("Rigoberto Chávez Pop", "", "male", 1.0),
    ),
    *_rows(
        "HN",
        "es",
        "Juzgado de Letras, San Pedro Sula",
        ("Suyapa Ramírez Cáceres", "", "female", 0.9),
        ("Marvin Antonio Lagos", "", "male", 0.1),
        ("Reina Isabel Bográn", "", "female", 1.0),
    ),
    *_rows(
        "CO",
        "es",
        "Tribunal Superior de Medellín",
        ("Ángela Milena Restrepo Uribe", "", "female", 1.0),
        ("Julián Andrés Cárdenas", "", "male", 0.7),
        ("Yolanda Quiñónez Angulo", "", "female", 0.2),
    ),
    *_rows(
        "PE",
        "es",
        "Corte Superior de Justicia de Cusco",
        ("Wilfredo Quispe Mamani", "", "male", 0.5),
        ("Rosa Elvira Huamán", "", "female", 1.0),
        ("Jesús Ñahui Condori", "", "male", 0.0),
    ),
    *_rows(
        "AR",
        "es",
        "Cámara Federal de Apelaciones, Córdoba",
        ("María Belén Echeverría", "", "female", 0.85),
        ("Facundo Güemes", "", "male", 0.35),
        ("Lucrecia Sáenz Peña", "", "female", 1.0),
    ),
    *_rows(
        "BR",
        "pt",
        "4.ª Vara Federal, Fortaleza",
        ("João Batista Conceição", "", "male", 0.55),
        ("Conceição Evaristo Brandão", "", "female", 1.0),
        ("Patrícia Araújo Guimarães", "", "female", 0.25),
        ("Antônio Carlos Sobrinho", "", "male", 0.0),
    ),
    *_rows(
        "BD",
        "bn",
        "Anti-Human Trafficking Offence Tribunal, Dhaka",
        ("আমিনা রহমান", "Amina Rahman", "female", 1.0),
        ("মোহাম্মদ শফিকুল ইসলাম", "Mohammad Shafiqul Islam", "male", 0.65),
        ("ফারজানা ইয়াসমিন", "Farzana Yasmin", "female", 0.15),
        ("তানভীর আহমেদ চৌধুরী", "Tanvir Ahmed Chowdhury", "male", 0.4),
    ),
    *_rows(
        "NP",
        "en",
        "District Court, Sindhupalchok",
        ("सुनीता श्रेष्ठ", "Sunita Shrestha", "female", 0.75),
        ("विष्णु प्रसाद अधिकारी", "Bishnu Prasad Adhikari", "male", 0.5),
        ("लक्ष्मी गुरुङ", "Laxmi Gurung", "female", 0.05),
    ),
    *_rows(
        "MK",
        "en",
        "Basic Criminal Court, Skopje",
        ("Весна Ѓорѓиевска", "Vesna Gjorgjievska", "female", 1.0),
        ("Љупчо Ќосев", "Ljupcho Kjosev", "male", 0.6),
        ("Фатиме Џафери", "Fatime Xhaferi", "female", 0.3),
    ),
    *_rows(
        "MV",
        "en",
        "Criminal Court, Malé",
        ("އައިޝަތު ނާޒިމާ", "Aishath Nazima", "female", 0.95),
        ("އަހުމަދު ރަޝީދު", "Ahmed Rasheed", "male", 0.2),
        ("މަރިޔަމް ޝިފާ", "Mariyam Shifa", "female", 0.0),
    ),
    *_rows(
        "JO",
        "ar",
        "محكمة الجنايات الكبرى، عمّان",
        ("رانيا عبد الله الزعبي", "Rania Abdullah Al-Zoubi", "female", 1.0),
        ("خالد يوسف العدوان", "Khaled Yousef Al-Adwan", "male", 0.45),
        ("هالة سمير حدّاد", "Hala Samir Haddad", "female", 0.7),
        ("محمود نايف الخصاونة", "Mahmoud Nayef Al-Khasawneh", "male", 0.1),
    ),
]
