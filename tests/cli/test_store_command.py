"""`deskterm store copy` and `deskterm store role`."""

from pathlib import Path

import psycopg
import pytest

from deskterm.services.errors import StoreTrouble
from deskterm.services.trouble import in_words
from deskterm.store.errors import ReadOnly
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


@pytest.mark.postgresql
def test_a_copy_does_not_take_the_place_of_a_server_s_library_unasked(
    run: Run, practice: Path, place: str, tmp_path: Path
) -> None:
    copy = tmp_path / "copy.db"
    assert run("backup", copy, "--store", practice).status == 0
    ran = run("restore", copy, "--store", place)
    assert ran.status == 0
    assert "deskterm store role" in ran.err, "new tables have lost the rights of the role"
    with psycopg.connect(place) as connection:
        connection.execute("UPDATE customer SET initials = 'Q.Q.' WHERE actor_id = 413700")
    refused = run("restore", copy, "--store", place)
    assert refused.status == 1
    assert "In de databank staan al gegevens" in refused.err
    assert "Q.Q." in run("customer", "show", "413700", "--store", place).out
    assert run("restore", copy, "--store", place, "--force").status == 0
    assert "Q.Q." not in run("customer", "show", "413700", "--store", place).out


@pytest.mark.postgresql
def test_a_manager_hears_from_the_server_itself_what_is_wrong(
    run: Run, practice: Path, place: str
) -> None:
    for address, said in (
        (place.replace("/postgres@", "/nobody@"), 'role "nobody" does not exist'),
        (place.replace("?", "-elsewhere?"), '-elsewhere" does not exist'),
        (f"{place}&sslmod=require", 'invalid connection option "sslmod"'),
    ):
        for words in (
            ["check", "--store", address],
            ["store", "copy", practice, address],
            ["store", "copy", address, practice.with_name("copy.db")],
            ["restore", practice, "--store", address],
        ):
            refused = run(*words)
            assert refused.status == 1
            assert said in refused.err
        at_the_desk = run("customer", "find", "x", "--store", address)
        assert at_the_desk.status == 1
        assert said not in at_the_desk.err


@pytest.mark.postgresql
def test_a_database_without_a_library_is_called_that(run: Run, place: str) -> None:
    for address in (place, place.replace("postgresql://", "postgres://")):
        refused = run("check", "--store", address)
        assert refused.status == 1
        assert "In de databank staat geen bibliotheek van deskterm." in refused.err


def test_who_lacks_rights_on_a_server_is_not_sent_to_a_file() -> None:
    with pytest.raises(StoreTrouble) as told, in_words("de databank"):
        raise ReadOnly
    assert told.value.sentence == "de databank geeft daar geen recht toe; er is niets opgeslagen."
    assert "deskterm store role" in told.value.hint
