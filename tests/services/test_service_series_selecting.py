"""Who is meant by numbers, by a search, by a search word."""

from pathlib import Path

import pytest

from deskterm.services import searches, series
from deskterm.services.errors import DeskError, NotFound
from deskterm.store.tables import Customer
from deskterm.views.forms import SearchForm
from tests.rows_store import customer_row
from tests.services.household import ONE, THREE, TWO, family_in
from tests.services.library import SEED_CARD, TODAY, Library


@pytest.fixture
def family(library: Library) -> Library:
    """Three customers behind one door."""
    return family_in(library)


def test_numbers_of_every_kind(family: Library, tmp_path: Path) -> None:
    family.add(_merged(413703, TWO), _merged(413704, 413703))
    typed = f"{SEED_CARD}, 413701;413704\n413702  413702 99 29401000000000"
    found = series.of_numbers(family.desk(), typed)
    assert [one.actor_id for one in found.people] == [THREE, TWO, ONE]
    assert found.unknown == ("99", "29401000000000")
    file = tmp_path / "lijst.txt"
    file.write_text(typed, encoding="utf-8")
    assert series.of_file(family.desk(), file) == found
    with pytest.raises(DeskError, match="kan niet gelezen worden"):
        series.of_file(family.desk(), tmp_path)


def test_erased_customers_are_nobody(family: Library) -> None:
    with family.store.write() as session:
        session.get_one(Customer, TWO).erased_on = TODAY
    assert [one.actor_id for one in series.of_numbers(family.desk(), "413701").people] == []


def test_a_search_word(family: Library) -> None:
    with family.store.write() as session:
        for actor_id in (TWO, THREE):
            session.get_one(Customer, actor_id).tag = "De Borg"
    assert series.tags(family.desk()) == (("De Borg", 2),)
    found = series.of_tag(family.desk(), "De Borg").people
    assert {one.actor_id for one in found} == {TWO, THREE}
    assert series.of_tag(family.desk(), "Borg").people == ()


def test_a_search_that_was_kept(family: Library) -> None:
    desk, form = family.desk(), SearchForm(name="Testabo")
    searches.keep(desk, "  Familie  T ", form)
    searches.keep(desk, "Familie T", form)
    (kept,) = searches.kept(desk)
    assert (kept.name, kept.form) == ("Familie T", form)
    assert {one.actor_id for one in series.of_search(desk, kept.form).people} == {ONE, TWO}
    searches.drop(desk, "Familie T")
    assert searches.kept(desk) == ()
    with pytest.raises(NotFound):
        searches.drop(desk, "Familie T")
    assert [line[0] for line in family.log(None)] == [
        "search.keep", "search.keep", "search.drop",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("name", "form"), [("", SearchForm(name="x")), ("x" * 41, SearchForm(name="x")),
                       ("x", SearchForm())]
)  # fmt: skip
def test_a_search_without_name_or_question_is_not_kept(
    family: Library, name: str, form: SearchForm
) -> None:
    with pytest.raises(DeskError):
        searches.keep(family.desk(), name, form)


def _merged(actor_id: int, keeper: int) -> Customer:
    customer = customer_row(actor_id, "Dubbel")
    customer.merged_into_id = keeper
    return customer
