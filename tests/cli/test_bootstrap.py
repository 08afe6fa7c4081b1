"""The composition root: which store, which clock, which desk, who is signed in."""

from datetime import date
from pathlib import Path

import pytest

from deskterm import bootstrap, desk_memory, paths, text
from deskterm.bootstrap import EmptyLibrary, Options
from deskterm.services.errors import DeskError
from deskterm.store.engine import Store


@pytest.fixture
def config_file(tmp_path: Path) -> Path:
    return tmp_path / "config.toml"


def test_without_options_everything_is_as_usual() -> None:
    built = bootstrap.build()
    assert built.store_place == str(paths.store_file())
    assert built.sign_in
    assert not built.practice


def test_options_go_before_settings(config_file: Path) -> None:
    config_file.write_text('store = "from-file.db"\nsign_in = false\nlanguage = "en"\n')
    built = bootstrap.build(Options(config=config_file, store="option.db", sign_in=True))
    assert built.store_place == "option.db"
    assert built.sign_in
    assert text.language() == "en"
    assert not bootstrap.build(Options(config=config_file)).sign_in


def test_the_practice_library_has_its_own_day_and_employee(practice: Path) -> None:
    built = bootstrap.build(Options(store=str(practice), practice=True))
    assert built.clock.today() == bootstrap.PRACTICE_DAY
    store = built.open_store()
    desk = built.make_desk(store)
    staff = built.first_staff(desk)
    store.close()
    assert staff is not None
    assert staff.actor_id == 9001
    assert staff.role == "ADMIN"
    asked = bootstrap.build(Options(store=str(practice), practice=True, sign_in=True))
    assert asked.first_staff(desk) is None
    assert bootstrap.build(Options(store=str(practice))).first_staff(desk) is None
    day = date(2024, 5, 15)
    assert bootstrap.build(Options(practice=True, day=day)).clock.today() == day


def test_nobody_enters_a_real_library_as_the_practice_employee(sqlite_file: Path) -> None:
    built = bootstrap.build(Options(store=str(sqlite_file), practice=True))
    with pytest.raises(DeskError, match="geen oefenbibliotheek"):
        built.open_store()


def test_an_empty_library_says_how_to_set_it_up(sqlite_store: Store) -> None:
    with pytest.raises(EmptyLibrary) as caught:
        bootstrap.build(Options(store="some.db")).make_desk(sqlite_store)
    assert "deskterm init" in caught.value.hint


@pytest.mark.parametrize(
    ("settings", "desk", "chosen"),
    [
        ("", None, ("3550", "balie1")),
        ('branch = "9401"', None, ("9401", "balie1")),
        ('branch = "9401"\ndesk = "balie2"', None, ("9401", "balie2")),
        ('branch = "9401"\ndesk = "balie2"', "5280/balie1", ("5280", "balie1")),
        ('branch = "9401"', "balie2", ("9401", "balie2")),
        ("", "balie2", ("5280", "balie2")),
    ],
)
def test_the_desk_is_the_one_that_is_meant(
    practice: Path, config_file: Path, settings: str, desk: str | None, chosen: tuple[str, str]
) -> None:
    config_file.write_text(settings)
    built = bootstrap.build(Options(store=str(practice), config=config_file, desk=desk))
    store = built.open_store()
    place = built.make_desk(store).place
    store.close()
    assert (place.branch.code, place.name) == chosen


@pytest.mark.parametrize("desk", ["balie9", "9401/balie9", "1111/balie1"])
def test_an_unknown_desk_is_told_with_those_there_are(practice: Path, desk: str) -> None:
    built = bootstrap.build(Options(store=str(practice), desk=desk))
    store = built.open_store()
    with pytest.raises(DeskError) as caught:
        built.make_desk(store)
    store.close()
    assert desk in caught.value.sentence
    assert "9401/balie1" in caught.value.hint


def test_the_password_of_a_server_is_not_shown() -> None:
    built = bootstrap.build(Options(store="postgresql://desk:secret@server/library"))
    assert "secret" not in built.store_name


@pytest.fixture
def machine(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> pytest.MonkeyPatch:
    """A machine with a memory of its own, which nothing tells which desk it is."""
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    for variable in ("DESKTERM_DESK", "SSH_CONNECTION", "SSH_CLIENT"):
        monkeypatch.delenv(variable, raising=False)
    return monkeypatch


def desks_of(built: bootstrap.Bootstrap) -> tuple[list[str], str]:
    """The desks that may be chosen from, and the one that it is for now."""
    store = built.open_store()
    names = [f"{one.branch.code}/{one.name}" for one in built.possible_desks(store)]
    place = built.make_desk(store).place
    store.close()
    return names, f"{place.branch.code}/{place.name}"


def remember(built: bootstrap.Bootstrap, wanted: str) -> None:
    store = built.open_store()
    found = [one for one in built.other_desks(store) if f"{one.branch.code}/{one.name}" == wanted]
    built.remember_desk(found[0])
    assert built.at_desk(built.make_desk(store), found[0]).place == found[0]
    store.close()


def test_a_machine_that_nothing_names_is_asked_once(
    practice: Path, machine: pytest.MonkeyPatch
) -> None:
    built = bootstrap.build(Options(store=str(practice)))
    names, place = desks_of(built)
    assert len(names) > 2
    assert place == names[0]
    remember(built, "9401/balie2")
    assert desks_of(built) == ([], "9401/balie2")
    machine.setenv("SSH_CONNECTION", "10.1.2.11 50000 10.1.2.1 22")
    assert desks_of(built)[0] == names
    remember(built, "9401/balie1")
    assert desks_of(built) == ([], "9401/balie1")
    machine.delenv("SSH_CONNECTION")
    assert desks_of(built) == ([], "9401/balie2")


@pytest.mark.usefixtures("machine")
def test_what_the_settings_say_is_not_asked(practice: Path, config_file: Path) -> None:
    remember(bootstrap.build(Options(store=str(practice))), "9401/balie2")
    config_file.write_text('branch = "9401"\ndesk = "balie1"')
    assert desks_of(bootstrap.build(Options(store=str(practice), config=config_file))) == (
        [],
        "9401/balie1",
    )
    named = bootstrap.build(Options(store=str(practice), desk="5280/balie1"))
    assert desks_of(named) == ([], "5280/balie1")
    assert desks_of(bootstrap.build(Options(store=str(practice), practice=True)))[0] == []


@pytest.mark.usefixtures("machine")
def test_the_branch_of_the_settings_leaves_fewer_to_choose_from(
    practice: Path, config_file: Path
) -> None:
    config_file.write_text('branch = "9401"')
    names, _place = desks_of(bootstrap.build(Options(store=str(practice), config=config_file)))
    assert {name.split("/")[0] for name in names} == {"9401"}


@pytest.mark.usefixtures("machine")
@pytest.mark.parametrize("kept", ['{"', "[1]", '{"other": "9401/balie2"}', None])
def test_a_memory_that_says_nothing_is_asked_again(practice: Path, kept: str | None) -> None:
    file = paths.desk_file()
    if kept is not None:
        paths.private_folder(file.parent)
        file.write_text(kept)
    assert len(desks_of(bootstrap.build(Options(store=str(practice))))[0]) > 2


@pytest.mark.usefixtures("machine")
def test_a_desk_that_went_is_asked_again(practice: Path) -> None:
    desk_memory.remember("9401/weg")
    assert len(desks_of(bootstrap.build(Options(store=str(practice))))[0]) > 2
