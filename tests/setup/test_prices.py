"""Loading a price list: whole or not at all, with every fault by its place."""

from datetime import date

import pytest

from deskterm.paths import resource
from deskterm.services import tariffs
from deskterm.services.errors import FormFaults, NotAllowed
from deskterm.setup.prices import load
from deskterm.store import tables
from deskterm.store.engine import Store
from tests.services.library import TODAY, Library, fill

LIST = """
[[membership]]
code = "53"
name = "Compleet"
from_age = 19
next_code = "54"
[[membership.tariffs]]
tariff_code = "V"
from_age = 19
price_cents = 6000
valid_from = 2015-01-01
valid_until = 2024-12-31
[[membership.tariffs]]
tariff_code = "V"
from_age = 19
price_cents = 6250
valid_from = 2025-01-01
[[membership.tariffs]]
tariff_code = "V"
from_age = 19
price_cents = 5800
valid_from = 2025-01-01
branch_code = "9401"
[[membership]]
code = "54"
name = "Online"
tariffs = [{ tariff_code = "O", price_cents = 4200, valid_from = 2020-01-01 }]
[[discount]]
code = "A"
name = "Actie"
percent = 10
valid_from = 2020-01-01
[[cost]]
code = "card"
name = "Pas"
booking_code = "2801"
price_cents = 500
valid_from = 2015-01-01
[[fee_zone]]
code = "G"
from_postcode = 9700
to_postcode = 9799
"""


@pytest.fixture
def library(store: Store) -> Library:
    return fill(store)


def prices(library: Library, day: date = TODAY) -> list[tuple[str, str, int]]:
    found = tariffs.show(library.desk(), day)
    return [(one.membership_code, one.branch_code, one.price_cents) for one in found]


def faults(library: Library, source: str, *, is_csv: bool = False) -> dict[str, str]:
    before = prices(library)
    with pytest.raises(FormFaults) as refused:
        load(library.desk(), source, is_csv=is_csv)
    assert prices(library) == before
    return dict(refused.value.faults)


def test_a_list_is_taken_over_and_again_changes_nothing(library: Library) -> None:
    written = load(library.desk(), LIST)
    assert written.added["tariff"] == 4
    assert prices(library) == [("53", "", 6250), ("53", "9401", 5800), ("54", "", 4200)]
    assert prices(library, date(2022, 7, 6)) == [("53", "", 6000), ("54", "", 4200)]
    again = load(library.desk(), LIST)
    assert (again.added.total(), again.changed.total()) == (0, 0)
    cost = tariffs.cost(library.desk(), "card")
    assert cost is not None
    assert (cost.price_cents, tariffs.cost(library.desk(), "disc")) == (500, None)


def test_a_new_price_ends_the_old_one_the_day_before(library: Library) -> None:
    load(library.desk(), LIST)
    lines = "membership_code;tariff_code;price;valid_from\n54;O;43,50;2027-01-01\n"
    load(library.desk(), lines, is_csv=True)
    assert ("54", "", 4200) in prices(library, date(2026, 12, 31))
    assert ("54", "", 4350) in prices(library, date(2027, 1, 1))


def test_gaps_and_overlaps_are_refused(library: Library) -> None:
    gap = LIST.replace("valid_until = 2024-12-31", "valid_until = 2024-11-30")
    assert faults(library, gap) == {
        "membership 53": "leeftijd 19 t/m 999 heeft vanaf 01-12-2024 geen tarief"
    }
    overlap = LIST.replace("valid_until = 2024-12-31", "valid_until = 2025-01-31")
    assert faults(library, overlap) == {
        "membership 53": "leeftijd 19 t/m 999 heeft vanaf 01-01-2025 twee tarieven"
    }
    young = LIST.replace('code = "53"\nname = "Compleet"\nfrom_age = 19', 'code = "53"\nname = "C"')
    assert "leeftijd 0 t/m 18" in faults(library, young)["membership 53"]


@pytest.mark.parametrize(
    ("old", "new", "where"),
    [
        ('branch_code = "9401"', 'branch_code = "9999"', "membership 53"),
        ('next_code = "54"', 'next_code = "99"', "membership 53"),
        ("from_age = 19\nnext", 'customer_types = "99"\nfrom_age = 19\nnext', "membership 53"),
        ("percent = 10", 'percent = 10\nmembership_code = "99"', "discount A"),
        ("price_cents = 500", 'price_cents = 500\nbranch_code = "9999"', "cost card"),
    ],
)
def test_unknown_codes_are_refused(library: Library, old: str, new: str, where: str) -> None:
    assert old in LIST
    assert set(faults(library, LIST.replace(old, new))) == {where}


@pytest.mark.parametrize(
    "change",
    [
        ("price_cents = 6250", "price_cents = 62.5"),
        ("price_cents = 6250", "price_cents = -1"),
        ("percent = 10", "percent = 10\ncents = 5"),
        ('booking_code = "2801"', 'booking_code = "28"'),
        ("to_postcode = 9799", "to_postcode = 9600"),
        ('name = "Online"', 'name = "Online"\nterm = "days"'),
        ('name = "Online"', 'name = "Online"\nterm = "ooit"'),
        ("[[fee_zone]]", "[[feezone]]"),
        ("[[fee_zone]]", "[fee_zone"),
    ],
)
def test_rows_that_are_wrong_are_refused(library: Library, change: tuple[str, str]) -> None:
    assert faults(library, LIST.replace(*change))


@pytest.mark.parametrize(
    "lines",
    [
        "tariff_code;price\nO;1,00\n",
        "membership_code;tariff_code;price;valid_from\n53;O;58.00;2027-01-01\n",
        "membership_code;tariff_code;price;valid_from\n53;O;58,00;morgen\n",
        "membership_code;tariff_code;price;valid_from;kleur\n53;O;58,00;2027-01-01;rood\n",
        "membership_code;tariff_code;price;valid_from\n99;O;58,00;2027-01-01\n",
    ],
)
def test_csv_lines_that_are_wrong_are_refused(library: Library, lines: str) -> None:
    assert faults(library, lines, is_csv=True)


def test_only_an_administrator_loads_prices(library: Library) -> None:
    with pytest.raises(NotAllowed):
        load(library.desk("BESTELBHR"), LIST)


def test_the_list_of_a_new_library_has_no_gaps(library: Library) -> None:
    source = resource("defaults", "memberships.toml").read_text(encoding="utf-8")
    for code in ("01", "02", "03", "04", "05"):
        library.add(tables.Word(kind="customer_type", code=code, nl=code))
    library.add(tables.Word(kind="selection", code="ACT", nl="Actie"))
    load(library.desk(), source)
    assert ("53", "9401", 5800) in prices(library)
