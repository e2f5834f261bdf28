"""Words that must not stand in a course, and signs that a text was left in English."""

import re

QUOTED = re.compile(r"“[^”]*”|«[^»]*»|\"[^\"]*\"|„[^“]*“|(?<![\w*])\*[^*]+\*(?!\*)|\([^)]*\)")
"""What is quoted, set in italics or in brackets may be a law's own word, such as “tráfico de pessoas”."""

# Glossary of the treaties: trafficking and smuggling change places between languages.
FORBIDDEN = {
    "en": (
        r"illegal (im)?migrants?\b|illegal aliens?\b",
        r"child prostitut\w+",
        r"crimes? of passion",
        r"smuggling (of|in) (persons|human beings)|trafficking (of|in) migrants",
        r"underage wom[ae]n",
    ),
    "es": (
        r"tráfico (ilegal |ilícito )?de (personas|seres humanos|mujeres|niñas|niños)",
        r"trata de (migrantes|blancas)|contrabando de (migrantes|personas)",
        r"(in|e)?migrantes? ilegal(es)?\b",
        r"prostitución infantil|prostituta infantil|crimen(es)? pasional(es)?",
        r"\w+@s\b|\btod(e|x)s\b",
    ),
    "pt": (
        r"trata de pessoas|tráfico (ilícito )?de migrantes|contrabando de pessoas",
        r"(i)?migrantes? ilega(l|is)\b",
        r"prostituição infantil|crimes? passiona(l|is)",
        r"\w+@s\b|\btod(e|x)s\b",
    ),
    "fr": (
        r"trafic (illicite )?(de|des|d['’]) ?(personnes|êtres humains|femmes|enfants)",
        r"traite (de|des) (migrants|blanches)|contrebande de (migrants|personnes)",
        r"migrant(e|s|es)? (illéga\w+|clandestin\w*)|clandestins?\b",
        r"prostitution enfantine|crimes? passionnels?",
        r"\w·\w",
    ),
    "ar": (
        r"تهريب (الأشخاص|البشر)",
        r"الاتجار بالمهاجرين",
        r"(ال)?مهاجر(ين|ون|ات)? (ال)?غير (ال)?شرعي\w*",
    ),
    "bn": (r"মানব চোরাচালান", r"অভিবাসী পাচার", r"অবৈধ অভিবাসী"),
}
ALL_OF_THE_ABOVE = re.compile(
    r"(all|none|any) of the above|(todas|ninguna) de las anteriores|(todas|nenhuma) das (anteriores|opções)"
    r"|(toutes|aucune) (les|des) (réponses )?(ci-dessus|précédentes)|كل ما سبق|لا شيء مما سبق|উপরের সব",
    re.IGNORECASE,
)
ENGLISH = frozenset(
    ("the", "of", "and", "that", "this", "which", "who", "with", "without", "was", "were", "are")
    + ("not", "must", "from", "into", "its", "has", "have", "been", "there", "they", "would")
)
"""Common English words that no other language of the courses uses."""
NAMES = frozenset({"source", "citation", "case", "court"})
"""Fields that hold names of treaties and judgments, which may stay in Latin letters."""
LATIN = re.compile(r"[A-Za-zÀ-ÿ]")
LETTER = re.compile(r"[^\W\d_]")


def forbidden(words: str, language: str) -> str:
    """Return the first rendering in a text that its language must not use; empty if there is none."""
    said = QUOTED.sub(" ", words)
    for pattern in FORBIDDEN.get(language, ()):
        if found := re.search(rf"(?<!\w)(?:{pattern})", said, re.IGNORECASE):
            return found[0]
    return ""


def unchanged(words: str, english: str, *, field: str) -> bool:
    """Tell whether a text of some length is word for word the English one; sums and names do not count."""
    spoken = [word for word in re.findall(r"[^\W\d_]{2,}", QUOTED.sub(" ", words)) if word.islower()]
    return field not in NAMES and words == english and len(spoken) >= 4


def looks_english(words: str, language: str, *, field: str) -> bool:
    """Tell whether a text that should be in another language is English."""
    if field in NAMES or language == "en":
        return False
    said = QUOTED.sub(" ", words)
    if language in {"ar", "bn"}:
        letters = LETTER.findall(said)
        latin = sum(bool(LATIN.match(letter)) for letter in letters)
        # names of people and papers stay in Latin letters; running English does not
        return latin > len(letters) / 2 and len(re.findall(r"\b[a-z]{3,}", said)) >= 4
    spoken = re.findall(r"[a-zà-ÿ’']+", said.lower())
    return len(spoken) >= 6 and sum(word in ENGLISH for word in spoken) / len(spoken) > 0.12
