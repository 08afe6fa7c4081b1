"""A set-up in the store: added once, changed when it differs, refused when it cannot be."""

from datetime import date

import pytest
from sqlalchemy import text
from sqlmodel import select

from deskterm.paths import resource
from deskterm.services import pins
from deskterm.services.desk import DayClock
from deskterm.services.errors import FormFaults
from deskterm.setup.reading import parse
from deskterm.setup.state import is_new
from deskterm.setup.writing import write
from deskterm.store import tables
from deskterm.store.engine import Store

CLOCK = DayClock(date(2026, 3, 15))
EXAMPLE = resource("init-example.toml").read_text(encoding="utf-8")


def count(store: Store, table: str) -> int:
    with store.read() as connection:
        return int(connection.scalar(text(f"SELECT count(*) FROM {table}")) or 0)


def test_the_example_makes_a_library_that_can_be_signed_in_to(store: Store) -> None:
    written = write(store, parse(EXAMPLE), CLOCK)
    assert written.added["branch"] == 2
    assert written.added["desk"] == 3
    assert [one.username for one in written.new_staff] == ["prins", "bakker"]
    with store.write() as session:
        prins = session.exec(select(tables.Staff).where(tables.Staff.actor_id == 9001)).one()
        assert pins.is_right("3101", prins.pin_hash)
        assert prins.pin_must_change
        assert session.get_one(tables.Branch, "5280").institution_code == "1001"
        assert session.get_one(tables.Word, ("predefined_message", "SLE")).nl.startswith("Sleutel")
        assert session.get_one(tables.Word, ("predefined_message", "PAR")).nl == "Paraplu vergeten"
        assert session.get_one(tables.LibrarySetting, "message_kind.ATT.allowed").value == "MI"


def test_a_second_time_adds_and_changes_nothing(store: Store) -> None:
    write(store, parse(EXAMPLE), CLOCK)
    lines = count(store, "change_log")
    written = write(store, parse(EXAMPLE), CLOCK)
    assert not written.added
    assert not written.changed
    assert not written.new_staff
    assert count(store, "change_log") == lines


def test_what_differs_is_changed_and_logged_and_the_rest_stays(store: Store) -> None:
    write(store, parse(EXAMPLE), CLOCK)
    with store.write() as session:
        prins = session.exec(select(tables.Staff).where(tables.Staff.actor_id == 9001)).one()
        before = prins.pin_hash
    more = """
        [[branch]]
        code = "9401"
        institution_code = "1001"
        name = "Annen-Dorp"
        place = "ANNEN"
        desks = ["balie3"]
        [[staff]]
        actor_id = 9001
        username = "prins"
        name = "J. Prins-Smit"
        born = 1990-01-31
        role = "ADMIN"
        branch_code = "9401"
    """
    written = write(store, parse(more), CLOCK)
    assert dict(written.added) == {"desk": 1}
    assert dict(written.changed) == {"branch": 1, "staff": 1}
    with store.write() as session:
        prins = session.exec(select(tables.Staff).where(tables.Staff.actor_id == 9001)).one()
        assert prins.name == "J. Prins-Smit"
        assert prins.pin_hash == before
        line = session.exec(
            select(tables.ChangeLogLine).where(tables.ChangeLogLine.new == "Annen-Dorp")
        ).one()
        assert (line.field, line.old) == ("branch 9401 name", "Annen")
        assert line.day == CLOCK.day
    assert count(store, "desk") == 4


@pytest.mark.parametrize(
    ("more", "place", "sentence"),
    [
        (
            '[[branch]]\ncode="1234"\nname="X"\ndesks=["b"]\ninstitution_code="7"',
            "branch 1234",
            "er is geen instantie 7",
        ),
        (
            '[[institution]]\ncode="2"\nname="Y"\n[[branch]]\ncode="1234"\nname="X"\ndesks=["b"]',
            "branch 1234",
            "zeg bij welke instantie: institution_code",
        ),
        (
            '[[staff]]\nactor_id=5\nusername="PRINS"\nname="P"\nborn=1990-01-01\nbranch_code="9401"',
            "staff 5",
            "gebruikersnaam PRINS is al van een ander",
        ),
        (
            '[[staff]]\nactor_id=5\nusername="p"\nname="P"\nborn=1990-01-01\nbranch_code="1111"',
            "staff 5",
            "er is geen vestiging 1111",
        ),
        (
            '[[membership]]\ncode="9"\nname="N"\ntariffs='
            '[{tariff_code="T",price_cents=1,valid_from=2025-01-01,branch_code="1111"}]',
            "membership 9",
            "er is geen vestiging 1111",
        ),
        (
            '[[staff]]\nactor_id=9001\nusername="prins"\nname="P"\nborn=1990-01-01\n'
            'branch_code="9401"',
            "staff",
            "er moet een beheerder zijn: iemand met role = ADMIN",
        ),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_is_written(
    sqlite_store: Store, more: str, place: str, sentence: str
) -> None:
    write(sqlite_store, parse(EXAMPLE), CLOCK)
    lines = count(sqlite_store, "change_log")
    with pytest.raises(FormFaults) as caught:
        write(sqlite_store, parse(more), CLOCK)
    assert (place, sentence) in caught.value.faults
    assert count(sqlite_store, "change_log") == lines


def test_a_library_without_an_administrator_is_refused(sqlite_store: Store) -> None:
    with pytest.raises(FormFaults, match="klopt niet") as caught:
        write(sqlite_store, parse('[[institution]]\ncode = "1"\nname = "B"\n'), CLOCK)
    assert [place for place, _sentence in caught.value.faults] == ["staff"]
    assert count(sqlite_store, "institution") == 0


def test_a_store_is_new_until_it_has_a_branch(sqlite_store: Store) -> None:
    file = sqlite_store.file
    assert file is not None
    assert is_new(str(file))
    assert is_new(str(file.with_name("nowhere.db")))
    write(sqlite_store, parse(EXAMPLE), CLOCK)
    assert not is_new(str(file))
    damaged = file.with_name("damaged.db")
    damaged.write_bytes(b"this is no database at all, however long one reads on")
    assert not is_new(str(damaged))
    assert not is_new("postgresql://desk@nowhere/library")
