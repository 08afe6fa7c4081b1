"""Ties between customers, who may stand anywhere in the file."""

from collections.abc import Callable
from pathlib import Path

from sqlalchemy import text

from deskterm.services.desk import Desk
from deskterm.transfer import import_customers

Write = Callable[[str | bytes], Path]
HEADER = "actor_id;surname;branch_code;relations\n"


def ties(desk: Desk) -> list[tuple[object, ...]]:
    with desk.store.read() as connection:
        rows = connection.execute(text("SELECT customer_id, kind, other_id FROM relation"))
        return [tuple(row) for row in rows]


def tie(kind: str, other: int) -> str:
    return f'"[{{""kind"":""{kind}"",""other_id"":{other}}}]"'


def test_a_tie_to_somebody_further_down(either_desk: Desk, csv_file: Write) -> None:
    file = csv_file(f"{HEADER}501;Kind;9401;{tie('parent', 502)}\n502;Ouder;9401;\n")
    assert import_customers(either_desk, file).added == 2
    assert ties(either_desk) == [(501, "parent", 502)]


def test_a_tie_comes_once_however_often_the_file_does(desk: Desk, csv_file: Write) -> None:
    file = csv_file(f"{HEADER}501;Kind;9401;{tie('parent', 502)}\n502;Ouder;9401;\n")
    import_customers(desk, file)
    assert import_customers(desk, file).unchanged == 2
    assert len(ties(desk)) == 1


def test_a_tie_to_nobody_is_told_and_the_customer_is_there(desk: Desk, csv_file: Write) -> None:
    report = import_customers(desk, csv_file(f"{HEADER}501;Kind;9401;{tie('parent', 999)}\n"))
    assert (report.added, report.rejected) == (1, 1)
    assert report.rejects_file is not None
    assert "Klant 999 bestaat niet" in report.rejects_file.read_text(encoding="utf-8-sig")
    assert ties(desk) == []
