"""The regions of the world, by which a long list of countries is grouped (United Nations, M49)."""

from collections.abc import Iterable

from accounts.countries import KOSOVO, country_name

# CLDR names the regions by the same numbers as the United Nations
AFRICA, AMERICAS, ASIA, EUROPE, OCEANIA, WORLD = "002", "019", "142", "150", "009", "001"

_CODES = {
    AFRICA: """AO BF BI BJ BW CD CF CG CI CM CV DJ DZ EG EH ER ET GA GH GM GN GQ GW IO KE KM LR LS LY MA
        MG ML MR MU MW MZ NA NE NG RE RW SC SD SH SL SN SO SS ST SZ TD TF TG TN TZ UG YT ZA ZM ZW""",
    AMERICAS: """AG AI AR AW BB BL BM BO BQ BR BS BV BZ CA CL CO CR CU CW DM DO EC FK GD GF GL GP GS GT GY
        HN HT JM KN KY LC MF MQ MS MX NI PA PE PM PR PY SR SV SX TC TT US UY VC VE VG VI""",
    ASIA: """AE AF AM AZ BD BH BN BT CN CY GE HK ID IL IN IQ IR JO JP KG KH KP KR KW KZ LA LB LK MM MN MO
        MV MY NP OM PH PK PS QA SA SG SY TH TJ TL TM TR TW UZ VN YE""",
    EUROPE: f"""AD AL AT AX BA BE BG BY CH CZ DE DK EE ES FI FO FR GB GG GI GR HR HU IE IM IS IT JE LI LT
        LU LV MC MD ME MK MT NL NO PL PT RO RS RU SE SI SJ SK SM UA VA {KOSOVO}""",
    OCEANIA: """AS AU CC CK CX FJ FM GU HM KI MH MP NC NF NR NU NZ PF PG PN PW SB TK TO TV UM VU WF WS""",
}
_REGION = {code: region for region, codes in _CODES.items() for code in codes.split()}


def region_of(code: str) -> str:
    """Return the number of the country's region; the world's where it lies in none (Antarctica)."""
    return _REGION.get(code, WORLD)


def by_region(named: Iterable[tuple[str, str]]) -> list[tuple[str, list[tuple[str, str]]]]:
    """Return (name of the region, its countries) for (code, name) pairs, each list in the order given."""
    groups: dict[str, list[tuple[str, str]]] = {}
    for code, name in named:
        groups.setdefault(region_of(code), []).append((code, name))
    return sorted((country_name(region), pairs) for region, pairs in groups.items())
