"""The design of the demo's certificates: an institute, a partner and two people that do not exist."""

from certificates import designs
from certificates.designs import SignatoryDraft
from certificates.models import Design

from . import pictures

PLACE = {
    "en": "Vienna",
    "es": "Viena",
    "pt": "Viena",
    "fr": "Vienne",
    "ar": "فيينا",
    "bn": "ভিয়েনা",
}
ACCREDITATION = {
    "en": "Demonstration: this training is not accredited.",
    "es": "Demostración: esta formación no está acreditada.",
    "pt": "Demonstração: esta formação não está acreditada.",
    "fr": "Démonstration : cette formation n’est pas accréditée.",
    "ar": "للعرض فقط: هذا التدريب غير معتمد.",
    "bn": "প্রদর্শনের জন্য: এই প্রশিক্ষণ স্বীকৃত নয়।",
}
DIRECTOR = {
    "en": "Director of the institute",
    "es": "Directora del instituto",
    "pt": "Diretora do instituto",
    "fr": "Directrice de l’institut",
    "ar": "مديرة المعهد",
    "bn": "ইনস্টিটিউটের পরিচালক",
}
HEAD = {
    "en": "Head of judicial training",
    "es": "Jefe de formación judicial",
    "pt": "Chefe de formação judicial",
    "fr": "Chef de la formation judiciaire",
    "ar": "رئيس التدريب القضائي",
    "bn": "বিচারিক প্রশিক্ষণের প্রধান",
}


def make() -> None:
    """Make the design for all courses; one that is there already stays as it is."""
    if Design.objects.filter(course_code="").exists():
        return
    designs.save(
        design=Design(name="Institute of judicial learning"),
        words={"place": PLACE, "accreditation": ACCREDITATION},
        images={"logo": pictures.logo(), "second_logo": pictures.partner(), "seal": pictures.seal()},
        signatories=[
            SignatoryDraft(name="Helena Duarte", office=DIRECTOR, signature=pictures.signature(2)),
            SignatoryDraft(name="Idris Okonjo", office=HEAD, signature=pictures.signature(5)),
        ],
        actor=None,
    )
