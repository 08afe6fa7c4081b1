"""A line to the server that breaks: what was said of a save is true, and the desk goes on."""

from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, date, datetime
from typing import Any

import pytest
from sqlalchemy import text

from deskterm.store import certain
from deskterm.store.bulk import new_row
from deskterm.store.chain import waiting_lines
from deskterm.store.check import check
from deskterm.store.engine import Store, open_store
from deskterm.store.errors import Unreachable, Unsure
from deskterm.store.tables import ChangeLogLine, Word
from tests.breaking import COMMIT, Line, line_to

pytestmark = pytest.mark.postgresql

AT = datetime(2026, 3, 15, 12, tzinfo=UTC)


@pytest.fixture
def line(postgresql_url: str) -> Iterator[Line]:
    with line_to(postgresql_url) as line:
        yield line


@pytest.fixture
def desk_store(line: Line) -> Iterator[Store]:
    with closing(open_store(line.url)) as store:
        yield store


def save(store: Store, what: str, *, logged: bool = True, as_row: bool = False) -> None:
    line: dict[str, Any] = {"at": AT, "day": date(2026, 3, 15), "action": "edit", "new": what}
    with store.write() as session:
        session.add(Word(kind="saved", code=what, nl=""))
        if logged and as_row:
            session.add(ChangeLogLine(**line))
        elif logged:
            waiting_lines(session).append(new_row("change_log", line))


def saved(url: str) -> list[str]:
    """What is there by another line, once nobody writes any more."""
    with closing(open_store(url)) as store:
        with store.write_plain() as connection:
            words = list(connection.scalars(text("SELECT code FROM word ORDER BY code")))
            lines = list(connection.scalars(text("SELECT new FROM change_log ORDER BY new")))
        assert set(lines) <= set(words)
        assert check(store) == ()
    return words


@pytest.mark.parametrize("as_row", [True, False])
def test_a_save_whose_answer_was_lost_is_found_and_counts_as_saved(
    line: Line, desk_store: Store, postgresql_url: str, as_row: bool
) -> None:
    save(desk_store, "first")
    line.break_at, line.too_late = COMMIT, True
    save(desk_store, "second", as_row=as_row)
    assert line.broken.is_set()
    save(desk_store, "third")
    assert saved(postgresql_url) == ["first", "second", "third"]


def test_a_save_that_never_reached_the_server_is_said_not_to_be(
    line: Line, desk_store: Store, postgresql_url: str
) -> None:
    line.break_at = COMMIT
    with pytest.raises(Unreachable):
        save(desk_store, "first")
    assert saved(postgresql_url) == []
    save(desk_store, "first")
    assert saved(postgresql_url) == ["first"]


@pytest.mark.parametrize("too_late", [True, False])
def test_while_the_server_stays_away_nobody_says_what_came_of_it(
    line: Line,
    desk_store: Store,
    postgresql_url: str,
    monkeypatch: pytest.MonkeyPatch,
    too_late: bool,
) -> None:
    monkeypatch.setattr(certain, "PATIENCE_SECONDS", 0.3)
    line.break_at, line.too_late, line.stays_away = COMMIT, too_late, True
    with pytest.raises(Unsure):
        save(desk_store, "first")
    assert saved(postgresql_url) == (["first"] if too_late else [])
    line.stays_away = False
    save(desk_store, "second")
    assert "second" in saved(postgresql_url)


def test_what_leaves_no_line_in_the_log_cannot_be_looked_up(
    line: Line, desk_store: Store, postgresql_url: str
) -> None:
    line.break_at, line.too_late = COMMIT, True
    with pytest.raises(Unsure):
        save(desk_store, "first", logged=False)
    assert saved(postgresql_url) == ["first"]


def test_a_line_of_another_desk_is_not_taken_for_ours(
    line: Line, desk_store: Store, postgresql_url: str
) -> None:
    """The lost line's id is given out again before anybody looks."""
    line.break_at = COMMIT
    other = open_store(postgresql_url)
    real = certain.CertainConnection._look_for

    def look_late(self: certain.CertainConnection, turn: str, row: tuple[int, str]) -> bool | None:
        save(other, "of another desk")
        return real(self, turn, row)

    with closing(other), pytest.MonkeyPatch.context() as patch:
        patch.setattr(certain.CertainConnection, "_look_for", look_late)
        with pytest.raises(Unreachable):
            save(desk_store, "ours")
    assert saved(postgresql_url) == ["of another desk"]


def test_a_line_that_broke_between_two_transactions_is_not_noticed(
    line: Line, desk_store: Store, postgresql_url: str
) -> None:
    for number in range(3):
        save(desk_store, str(number))
        with desk_store.look() as reader:
            assert reader.execute(text("SELECT count(*) FROM word")).scalar() == number + 1
        line.cut()
    assert len(saved(postgresql_url)) == 3


def test_a_line_that_breaks_in_the_middle_leaves_nothing(
    line: Line, desk_store: Store, postgresql_url: str
) -> None:
    def break_halfway() -> None:
        with desk_store.write() as session:
            session.add(Word(kind="saved", code="half", nl=""))
            session.flush()
            line.cut()
            session.connection().execute(text("SELECT 1"))

    with pytest.raises(Unreachable):
        break_halfway()
    assert saved(postgresql_url) == []
    save(desk_store, "whole")
    assert saved(postgresql_url) == ["whole"]


def test_a_desk_that_dies_holding_the_turn_does_not_keep_the_others_waiting(
    line: Line, desk_store: Store, postgresql_url: str
) -> None:
    def die_halfway() -> None:
        with desk_store.write() as session:
            session.add(Word(kind="saved", code="half", nl=""))
            session.flush()
            line.cut()
            with closing(open_store(postgresql_url)) as other:
                save(other, "other")
            session.connection().execute(text("SELECT 1"))

    with pytest.raises(Unreachable):
        die_halfway()
    assert saved(postgresql_url) == ["other"]
