"""The session of a write transaction: lines of the change log, and plain statements beside rows."""

import pytest
from sqlmodel import Session, col, select

from deskterm.store.bulk import new_row
from deskterm.store.chain import broken_links, waiting_lines
from deskterm.store.engine import Store
from deskterm.store.light import beneath, text
from deskterm.store.tables import ChangeLogLine, Word
from tests.rows_store import NOON

LINES = text("SELECT new FROM change_log ORDER BY id")
WORDS = text("SELECT code FROM word ORDER BY code")
ADD_WORD = text("INSERT INTO word (kind, code, nl, en, position, active) VALUES"
                " ('kind', :code, '', '', 0, :active)")  # fmt: skip


def tell(session: Session, new: str) -> None:
    line = {"at": NOON, "day": NOON.date(), "action": "edit", "new": new}
    waiting_lines(session).append(new_row("change_log", line))


def as_row(new: str) -> ChangeLogLine:
    return ChangeLogLine(at=NOON, day=NOON.date(), action="edit", new=new)


def log(store: Store) -> list[str]:
    with store.look() as reader:
        assert list(broken_links(reader)) == []
        return list(reader.execute(LINES).scalars())


def test_lines_are_written_with_nothing_else_to_write(store: Store) -> None:
    with store.write() as session:
        tell(session, "first")
        tell(session, "second")
    assert log(store) == ["first", "second"]


def test_lines_that_wait_and_lines_as_rows_make_one_chain(store: Store) -> None:
    with store.write() as session:
        session.add(as_row("second"))
        tell(session, "first")
        session.flush()
        tell(session, "third")
        session.flush()
        session.add(as_row("fourth"))
    assert log(store) == ["first", "second", "third", "fourth"]


def test_lines_go_with_what_is_rolled_back(store: Store) -> None:
    with store.write() as session:
        tell(session, "first")
        session.flush()
        tell(session, "second")
        session.rollback()
        tell(session, "third")
    assert log(store) == ["third"]


def test_a_flush_writes_lines_once(store: Store) -> None:
    with store.write() as session:
        tell(session, "only")
        session.flush()
        assert list(beneath(session.connection()).execute(LINES).scalars()) == ["only"]
        session.flush()
    assert log(store) == ["only"]


def _fail_halfway(store: Store) -> None:
    with store.write() as session:
        beneath(session.connection()).execute(ADD_WORD, {"code": "a", "active": True})
        tell(session, "flushed")
        session.flush()
        tell(session, "waiting")
        raise ZeroDivisionError


def test_a_use_case_that_fails_leaves_no_line_and_nothing_beneath(store: Store) -> None:
    with pytest.raises(ZeroDivisionError):
        _fail_halfway(store)
    with store.look() as reader:
        assert reader.execute(WORDS).first() is None
    with store.write() as session:
        tell(session, "later")
    assert log(store) == ["later"]


def test_what_goes_beneath_a_session_is_in_its_transaction(store: Store) -> None:
    with store.write() as session:
        session.add(Word(kind="kind", code="b", nl=""))
        session.flush()
        reader = beneath(session.connection())
        reader.execute(ADD_WORD, [{"code": "a", "active": True}, {"code": "c", "active": False}])
        assert [row["code"] for row in reader.execute(WORDS).mappings()] == ["a", "b", "c"]
        words = session.exec(select(Word).order_by(col(Word.code)))
        assert [word.active for word in words] == [True, True, False]
    with store.look() as reader:
        assert list(reader.execute(WORDS).scalars()) == ["a", "b", "c"]
