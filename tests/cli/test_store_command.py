"""`deskterm store copy` and `deskterm store role`."""

from pathlib import Path

import psycopg
import pytest

from tests.cli.conftest import Run
from tests.fixtures_store import new_database

SECRET = "g3heim"


@pytest.fixture
def place(postgresql_server: str) -> str:
    """An empty database, as somebody would name it."""
    return new_database(postgresql_server).replace("postgres:@", "postgres@")


@pytest.mark.postgresql
def test_a_library_moves_to_a_server_and_back(
    run: Run, practice: Path, place: str, tmp_path: Path
) -> None:
    there = run("store", "copy", practice, place)
    assert there.status == 0
    assert "aan beide kanten gelijk" in there.out
    assert "Rijen: 100%" in there.err
    shown = run("customer", "show", "29401000075868", "--store", place)
    assert "Testabo" in shown.out
    back = tmp_path / "back.db"
    again = run("store", "copy", place, back)
    assert again.status == 0
    assert again.out.replace(str(back), "de databank") == there.out
    assert run("check", "--store", back).status == 0
    assert run("check", "--store", place).status == 0


@pytest.mark.postgresql
def test_a_target_with_something_in_it_is_refused(
    run: Run, practice: Path, place: str, tmp_path: Path
) -> None:
    assert run("store", "copy", practice, place).status == 0
    for target in (place, practice):
        refused = run("store", "copy", practice, target)
        assert refused.status == 1
        assert "staan al gegevens; er is niets gekopieerd." in refused.err
        assert refused.out == ""


def test_a_source_that_is_not_there_makes_nothing(run: Run, tmp_path: Path) -> None:
    refused = run("store", "copy", tmp_path / "no.db", tmp_path / "new.db")
    assert refused.status == 1
    assert "Er is geen bestand" in refused.err
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "address",
    [
        f"postgresql://desk:{SECRET}@server/library",
        f"postgresql+psycopg://desk@server/library?password={SECRET}",
    ],
)
def test_a_password_on_the_command_line_is_refused(run: Run, tmp_path: Path, address: str) -> None:
    for words in (
        ("store", "copy", address, tmp_path / "new.db"),
        ("store", "copy", tmp_path / "new.db", address),
        ("check", "--store", address),
    ):
        refused = run(*words)
        assert refused.status == 2
        assert "PGPASSWORD" in refused.err
        assert SECRET not in refused.err + refused.out


@pytest.mark.postgresql
def test_the_script_makes_a_role_that_runs(run: Run, practice: Path, place: str) -> None:
    assert run("store", "copy", practice, place).status == 0
    script = run("store", "role", "desk_of_test").out
    with psycopg.connect(place, autocommit=True) as connection:
        connection.execute(script.encode())
    own = place.replace("//postgres@", "//desk_of_test@")
    assert "Testabo" in run("customer", "show", "29401000075868", "--store", own).out
    assert run("check", "--store", own).status == 0
    with psycopg.connect(place, autocommit=True) as connection:
        connection.execute("DROP OWNED BY desk_of_test; DROP ROLE desk_of_test")


def test_a_role_of_a_strange_name_is_wrong_use(run: Run) -> None:
    refused = run("store", "role", 'desk"; DROP TABLE customer; --')
    assert refused.status == 2
    assert "kleine letters" in refused.err
