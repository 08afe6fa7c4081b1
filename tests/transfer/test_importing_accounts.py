"""An import leaves the user name of a login account alone: it is its provider's."""

from collections.abc import Callable
from pathlib import Path

from deskterm.services import opening
from deskterm.services.desk import Desk
from deskterm.store import tables
from deskterm.transfer import ImportOptions, import_customers

Write = Callable[[str | bytes], Path]

FILE = "actor_id;surname;branch_code;username\n500;{surname};9401;{username}\n"


def test_the_name_of_an_account_is_not_imported(either_desk: Desk, csv_file: Write) -> None:
    def take(surname: str, username: str, options: ImportOptions | None = None) -> tuple[int, int]:
        file = csv_file(FILE.format(surname=surname, username=username))
        report = import_customers(either_desk, file, options or ImportOptions())
        return report.changed, report.rejected

    take("Jansen", "Testklant")
    # Without an account it is a name like any other.
    assert take("Jansen", "Anderenaam") == (1, 0)
    with either_desk.store.write() as session:
        session.add(
            tables.LoginAccount(
                customer_id=500, provider="local", ref="r", username="Anderenaam", state="active"
            )
        )
    assert take("Pietersen", "Testklant") == (0, 1)
    assert take("Pietersen", "Anderenaam") == (1, 0)
    person = opening.refresh(either_desk, 500).person
    assert (person.surname, person.username) == ("Pietersen", "Anderenaam")
