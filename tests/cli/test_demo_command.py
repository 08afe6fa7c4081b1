"""`deskterm demo`: built once, kept apart, never over a real library."""

from datetime import date
from pathlib import Path

from deskterm import paths
from deskterm.bootstrap import PRACTICE_DAY
from deskterm.cli.demo import own_place
from tests.cli.conftest import Run


def test_it_is_built_once_in_its_own_place(run: Run) -> None:
    first = run("demo", "--no-screen", "--customers", "40")
    assert first.status == 0
    assert "wordt gebouwd" in first.err
    assert "29401000075868  Dhr. T. Testabo: " in first.out
    place = own_place(PRACTICE_DAY, 40)
    assert place.parent == paths.practice_store_file().parent
    assert place.exists()
    assert not paths.store_file().exists()
    second = run("demo", "--no-screen", "--customers", "40")
    assert second.err == ""
    assert second.out == first.out


def test_every_day_and_size_has_its_own_place() -> None:
    places = {
        own_place(PRACTICE_DAY, None),
        own_place(PRACTICE_DAY, 1000),
        own_place(date(2024, 5, 15), None),
        own_place(date(2024, 5, 15), 1000),
    }
    assert len(places) == 4
    assert own_place(PRACTICE_DAY, None) == paths.practice_store_file()


def test_another_place_and_a_fresh_start(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "deeper" / "try.db"
    words = ("demo", "--no-screen", "--customers", "40", "--store", file)
    assert run(*words).status == 0
    made = file.stat().st_ino
    assert run(*words).status == 0
    assert file.stat().st_ino == made
    ran = run(*words, "--fresh")
    assert "wordt gebouwd" in ran.err
    assert ran.status == 0
    assert [one.name for one in file.parent.iterdir()] == ["try.db"]


def test_a_real_library_is_neither_overwritten_nor_opened(run: Run, sqlite_file: Path) -> None:
    before = sqlite_file.read_bytes()
    for words in (["--fresh"], []):
        ran = run("demo", "--no-screen", "--store", sqlite_file, *words)
        assert ran.status == 1
        assert "is geen oefenbibliotheek" in ran.err
    assert sqlite_file.read_bytes() == before


def test_a_build_that_breaks_off_leaves_nothing_half(run: Run, tmp_path: Path) -> None:
    folder = tmp_path / "folder.db"
    folder.mkdir()
    assert run("demo", "--no-screen", "--store", folder, "--fresh").status == 1
    assert [one.name for one in tmp_path.iterdir()] == ["folder.db"]


def test_a_server_is_no_place_for_practice(run: Run) -> None:
    ran = run("demo", "--no-screen", "--store", "postgresql://desk@server/library")
    assert ran.status == 1
    assert "niet op een server" in ran.err
