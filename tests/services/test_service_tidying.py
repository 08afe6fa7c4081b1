"""After Herstel's days nothing personal stays behind for its sake; the log proves what it lost."""

from datetime import timedelta

import pytest

from deskterm.services import opening, removing, tidying, undoing
from deskterm.services.deeds.recording import recorded
from deskterm.services.errors import Erased
from deskterm.store import tables
from deskterm.store.check import check
from deskterm.views.tidying import Tidied
from tests.services.library import TODAY, Library
from tests.services.removals import ACTOR, PARENT, rows_of, somebody, text_of_store
from tests.services.test_service_removing import on_day, remove

OF_THE_PERSON = ("Testabo", 'Kruisakkers", "house_number": "41', "geheim", "0592", "NL91ABNA")


@pytest.fixture
def ready(library: Library) -> Library:
    """A library with somebody who can be removed, whose parent lives elsewhere."""
    somebody(library)
    return library


def series(library: Library, actor_id: int) -> None:
    """A deed of thirty days that changes the phone of a customer."""
    desk = library.desk()
    until = TODAY + timedelta(days=30)
    with desk.store.write() as session, recorded(desk, session, "series", "s", until=until):
        session.get_one(tables.Customer, actor_id).phone = "0592 555555"


def test_the_day_after_a_removal_nothing_of_the_person_is_left(ready: Library) -> None:
    series(ready, ACTOR)
    remove(ready)
    tomorrow = on_day(ready, TODAY + timedelta(days=1))
    assert tidying.tidy(ready.desk()) == Tidied()
    assert tidying.tidy(tomorrow) == Tidied(deeds=1, removed=1)
    everything = text_of_store(ready.store)
    assert [word for word in OF_THE_PERSON if word in everything] == []
    assert check(ready.store) == ()
    with pytest.raises(Erased, match="verwijderd op 15-03-2026"):
        opening.open_customer(tomorrow, ACTOR)


def test_figures_of_a_removed_person_stay(ready: Library) -> None:
    remove(ready)
    tidying.tidy(on_day(ready, TODAY + timedelta(days=1)))
    rows = rows_of(ready.store)
    assert len(rows["membership_period"]) == 1
    assert len(rows["card"]) == 1


def test_a_second_time_there_is_nothing_to_do(ready: Library) -> None:
    remove(ready)
    tomorrow = on_day(ready, TODAY + timedelta(days=1))
    tidying.tidy(tomorrow)
    before = rows_of(ready.store)
    assert tidying.tidy(tomorrow) == Tidied()
    assert rows_of(ready.store) == before


def test_what_was_taken_back_is_let_go_of_and_hurts_nobody(ready: Library) -> None:
    deed_id = remove(ready)
    removing.take_back(ready.desk(), deed_id)
    assert tidying.tidy(ready.desk()) == Tidied(deeds=1)
    assert rows_of(ready.store)["deed_row"] == []
    assert opening.open_customer(ready.desk(), ACTOR).customer.person.surname == "Testabo"


def test_a_deed_whose_days_are_not_over_stays(ready: Library) -> None:
    series(ready, PARENT)
    last = on_day(ready, TODAY + timedelta(days=30))
    assert tidying.tidy(last) == Tidied()
    assert [one.kind for one in undoing.undoable(last, None)] == ["series"]
    assert tidying.tidy(on_day(ready, TODAY + timedelta(days=31))) == Tidied(deeds=1)


def test_a_merged_record_is_only_a_way_to_its_keeper_after_thirty_days(ready: Library) -> None:
    ready.customer(600, surname="Dubbel", merged_into_id=PARENT)
    desk, until = ready.desk(), TODAY + timedelta(days=30)
    asked = {"until": until, "customer_id": PARENT, "other_id": 600}
    with desk.store.write() as session, recorded(desk, session, "merge", "m", **asked):  # type: ignore[arg-type]
        session.get_one(tables.Customer, PARENT).phone = "0592 555555"
    assert tidying.tidy(on_day(ready, until)) == Tidied()
    later = on_day(ready, until + timedelta(days=1))
    assert tidying.tidy(later) == Tidied(deeds=1, merged=1)
    with ready.store.write() as session:
        loser = session.get_one(tables.Customer, 600)
        assert (loser.surname, loser.born, loser.merged_into_id) == ("", None, PARENT)
    assert check(ready.store) == ()
    assert opening.open_text(later, "600").customer.actor_id == PARENT  # type: ignore[union-attr]


def test_who_was_merged_into_a_removed_person_is_erased_with_them(ready: Library) -> None:
    from deskterm.services import merging

    ready.customer(600, surname="Testabo", email="geheim2@voorbeeld.nl")
    merged = merging.merge(ready.desk(), ACTOR, 600, (1, 1), "m", {}, {}, sure=True)
    remove(ready, version=merged.customer.version)
    assert tidying.tidy(on_day(ready, TODAY + timedelta(days=1))) == Tidied(deeds=1, removed=1)
    assert rows_of(ready.store)["deed_row"] == []
    everything = text_of_store(ready.store)
    assert [word for word in OF_THE_PERSON if word in everything] == []
    assert check(ready.store) == ()
