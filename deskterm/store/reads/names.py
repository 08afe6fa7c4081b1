"""The words of the codes that a customer's columns hold: `nl_NL` is *Nederlands*."""

from collections.abc import Collection, Mapping

from deskterm.store.light import Reader, text
from deskterm.store.reads.rows import rows, word
from deskterm.views.customer import Person

WORD_LISTS: Mapping[str, str] = {
    "customer_type": "customer_type",
    "organization_type": "organization_type",
    "id_kind": "id_kind",
    "id_country": "country",
    "selection_code": "selection",
    "statistical_category": "statistical_category",
    "classification": "classification",
    "language": "language",
    "target_group": "target_group",
}
"""The word list of each coded column; a title is its own word."""

_WORDS = text(
    "SELECT kind, code, nl, en FROM word WHERE "
    + " OR ".join(f"(kind = '{kind}' AND code = :{column})" for column, kind in WORD_LISTS.items())
    + " OR kind = 'country'"
)

_CALLED = text(
    """
    SELECT kind, code, nl, en FROM word WHERE kind IN :kinds AND code IN :codes
    UNION ALL SELECT 'branch', code, name, '' FROM branch WHERE code IN :codes
    UNION ALL SELECT 'staff', CAST(actor_id AS TEXT), name, '' FROM staff
    WHERE CAST(actor_id AS TEXT) IN :codes
    """,
    many=("kinds", "codes"),
)


def called(connection: Reader, codes: Collection[tuple[str, str]]) -> dict[str, str]:
    """Read what codes are called, each given with its list: as `role.ABO`.

    Branches and employees (by actor-id) count as lists. A code that no list has is left out.
    """
    if not codes:
        return {}
    kinds, wanted = ({one[at] for one in codes} for at in (0, 1))
    asked = {"kinds": sorted(kinds), "codes": sorted(wanted)}
    return {
        f"{row['kind']}.{row['code']}": word(row["nl"], row["en"])
        for row in rows(connection, _CALLED, asked)
        if (row["kind"], row["code"]) in codes
    }


def names(connection: Reader, person: Person, countries: Collection[str]) -> dict[str, str]:
    """Read the words by column, and those of the addresses' countries as `country.NL`.

    A code that no list has is left out. Words that the library dropped still name what customers
    have.
    """
    codes = {column: str(getattr(person, column)) for column in WORD_LISTS}
    found = {
        (row["kind"], row["code"]): word(row["nl"], row["en"])
        for row in rows(connection, _WORDS, codes)
    }
    wanted = {column: (kind, codes[column]) for column, kind in WORD_LISTS.items()}
    wanted |= {f"country.{code}": ("country", code) for code in countries}
    return {name: found[key] for name, key in wanted.items() if key in found}
