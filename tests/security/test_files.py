"""What is written about people is readable for its owner alone, whatever the umask says."""

import os
from collections.abc import Iterator
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import text

from deskterm import demo, logs, paths
from deskterm.bootstrap import PRACTICE_DAY
from deskterm.cli import main
from deskterm.printing.drivers.files import write_whole
from deskterm.printing.drivers.pdf_file import PdfFile
from deskterm.printing.model import Readiness
from deskterm.rules.debit import next_bank_day
from deskterm.screens.money import till
from deskterm.services import letters
from deskterm.store import tables
from deskterm.store.engine import open_store
from tests.cli.test_incasso_command import OWE
from tests.services.library import TODAY, Library

OTHERS = 0o077
pytestmark = pytest.mark.skipif(os.name != "posix", reason="rights of files are POSIX's")


@pytest.fixture(autouse=True)
def _careless() -> Iterator[None]:
    """An umask that takes nothing away."""
    before = os.umask(0)
    yield
    os.umask(before)


@pytest.fixture(scope="module")
def practice(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A practice library, made with the same umask."""
    before = os.umask(0)
    file = tmp_path_factory.mktemp("files") / "data" / "practice.db"
    with closing(open_store(str(file))) as store:
        demo.build(store, PRACTICE_DAY, 60)
        with store.write_plain() as connection:
            connection.execute(text(OWE))
    os.umask(before)
    return file


def open_to_others(folder: Path) -> list[str]:
    """What in a folder others than its owner may use."""
    return sorted(
        str(one.relative_to(folder)) for one in folder.rglob("*") if one.stat().st_mode & OTHERS
    )


def run(*argv: str | Path) -> None:
    assert main([str(word) for word in argv]) == 0


def test_a_store_with_its_log_and_its_folder(tmp_path: Path) -> None:
    place = tmp_path / "library" / "deskterm.db"
    with closing(open_store(str(place))) as store, store.write_plain() as connection:
        connection.execute(text("INSERT INTO institution VALUES ('1', 'x')"))
        assert len(list(place.parent.iterdir())) == 3
        assert open_to_others(tmp_path) == []


def test_copies_of_a_store(practice: Path, tmp_path: Path) -> None:
    copy, again = tmp_path / "copy.db", tmp_path / "again.db"
    run("backup", copy, "--store", practice)
    run("restore", copy, "--store", again)
    run("restore", copy, "--store", again, "--force")
    assert len(list(tmp_path.iterdir())) >= 3
    assert open_to_others(tmp_path) == []


def test_what_commands_write(practice: Path, tmp_path: Path) -> None:
    day = next_bank_day(PRACTICE_DAY + timedelta(days=7)).isoformat()
    where = ("--store", practice, "--day", PRACTICE_DAY.isoformat())
    run("export", "customers", tmp_path / "all.csv", *where)
    run("incasso", "prepare", "--on", day, "--out", tmp_path / "dd.xml", *where)
    bad = tmp_path / "bad.csv"
    bad.write_text("actor_id;surname\nx;Vries\n", encoding="utf-8")
    bad.chmod(0o600)
    main(["import", "customers", str(bad), *map(str, where)])
    assert len(list(tmp_path.iterdir())) == 4
    assert open_to_others(tmp_path) == []


def test_letters(sqlite_library: Library, tmp_path: Path) -> None:
    for number in (1, 2):
        sqlite_library.customer(number, no_mail=number == 2)
        sqlite_library.add(
            tables.Letter(customer_id=number, kind="CAE", day=TODAY, at=sqlite_library.clock.now())
        )
    folder = tmp_path / "letters"
    letters.write(sqlite_library.desk(), folder)
    assert len(list(folder.iterdir())) == 2
    assert open_to_others(folder) == []
    assert not folder.stat().st_mode & OTHERS


def test_the_overview_of_a_day_and_what_a_file_printer_prints(
    sqlite_library: Library, tmp_path: Path
) -> None:
    place = paths.private_folder(tmp_path / "data")
    till._write(sqlite_library.desk(), TODAY, place / "export" / "day.csv")
    driver = PdfFile(place / "printed", make=True)
    assert driver.probe().readiness is Readiness.READY
    write_whole(place / "printed" / "one.pdf", b"%PDF")
    assert len(list(place.rglob("*"))) == 4
    assert open_to_others(place) == []


def test_the_log_also_after_it_was_full(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, log_handlers: None
) -> None:
    file = tmp_path / "log" / "deskterm.log"
    monkeypatch.setattr(paths, "log_file", lambda: file)
    monkeypatch.setattr(logs, "SIZE", 500)
    logs.log_to_file()
    for _line in range(20):
        logs.note(RuntimeError("x"))
    assert len(list(file.parent.iterdir())) > 2
    assert open_to_others(tmp_path) == []
