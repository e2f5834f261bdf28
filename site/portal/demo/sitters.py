"""Invented judges of a finished cohort: of two countries enough for figures, of three others too few."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Sitter:
    """A judge who took the tests."""

    name: str
    latin: str
    country: str
    language: str
    sex: str
    court: str


def _rows(
    country: str, language: str, court: str, sex: str, *names: str, latin: tuple[str, ...] = ()
) -> list[Sitter]:
    written = latin or ("",) * len(names)
    return [
        Sitter(name, other, country, language, sex, court) for name, other in zip(names, written, strict=True)
    ]


MERIDA = "Juzgado Cuarto de Distrito, Mérida"
BOGOTA = "Juzgado Penal del Circuito Especializado, Bogotá"
AMMAN = "محكمة بداية عمّان"
MANAUS = "2.ª Vara Federal, Manaus"
TUCSON = "Superior Court, Tucson"

SITTERS: list[Sitter] = [
    *_rows(
        "MX",
        "es",
        MERIDA,
        "female",
        "Alejandra Castañeda Ríos",
        "Beatriz Olvera Santoyo",
        "Carolina Xool Pech",
        "Daniela Arriaga Montes",
        "Elena Zamudio Lara",
        "Gabriela Tovar Quintanilla",
        "Hilda Saucedo Nava",
        "Irma Cervantes Bello",
        "Julieta Barragán Solís",
        "Karla Escamilla Treviño",
    ),
    *_rows(
        "MX",
        "es",
        MERIDA,
        "male",
        "Luis Fernando Aguirre Mora",
        "Ramiro Villaseñor Cano",
        "Tomás Ordaz Peralta",
    ),
    *_rows(
        "CO",
        "es",
        BOGOTA,
        "female",
        "Adriana Marcela Ospina",
        "Diana Carolina Rincón",
        "Luz Dary Palacios",
        "Marta Cecilia Giraldo",
        "Viviana Echavarría",
    ),
    *_rows(
        "CO",
        "es",
        BOGOTA,
        "male",
        "Carlos Eduardo Pineda",
        "Edwin Alonso Murillo",
        "Fabián Orlando Rojas",
        "Hernán Darío Zuluaga",
        "Jairo Iván Córdoba",
        "Óscar Mauricio Tello",
    ),
    *_rows(
        "JO",
        "ar",
        AMMAN,
        "female",
        "دانا فؤاد المجالي",
        "لينا حسام النابلسي",
        latin=("Dana Fuad Al-Majali", "Lina Husam Al-Nabulsi"),
    ),
    *_rows(
        "JO",
        "ar",
        AMMAN,
        "male",
        "سامر عادل الحوراني",
        "طارق جميل البطاينة",
        latin=("Samer Adel Al-Hourani", "Tareq Jamil Al-Bataineh"),
    ),
    *_rows("BR", "pt", MANAUS, "female", "Luciana Teixeira Moraes"),
    *_rows("BR", "pt", MANAUS, "male", "Fábio Henrique Nogueira", "Rogério Alves Pimentel"),
    *_rows("US", "en", TUCSON, "female", "Denise Caldwell"),
    *_rows("US", "en", TUCSON, "male", "Gregory Lindqvist", "Samuel Whitfield"),
]
