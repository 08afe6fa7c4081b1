"""What the composition root makes of the settings for printing, and who prints in the end."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from deskterm import bootstrap
from deskterm.bootstrap import Options
from deskterm.services import printing
from deskterm.services.desk import Desk
from deskterm.services.staff import MACHINE
from deskterm.store.engine import Store
from tests.cli.conftest import Run

CARD = "29401000075868"
PDF = "[[printer]]\nname = 'pas'\ntype = 'pdf-file'\nfolder = '{folder}'\n"
BOTH = PDF + "[printing.desk.balie1]\nreceipt = 'pdf'\ncard = 'pas'\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Where cards come out."""
    made = tmp_path / "passen"
    made.mkdir()
    return made


@pytest.fixture
def opened(practice: Path, tmp_path: Path) -> Iterator["Opener"]:
    opener = Opener(practice, tmp_path / "config.toml")
    yield opener
    for store in opener.stores:
        store.close()


class Opener:
    """Opens desks of one library by different settings."""

    def __init__(self, file: Path, settings: Path) -> None:
        self.file, self.settings = file, settings
        self.stores: list[Store] = []

    def desk(self, settings: str | None, *, practice: bool = True) -> Desk:
        """The desk by these settings in a file that is named, or without any."""
        if settings is not None:
            self.settings.write_text(settings, encoding="utf-8")
        config = None if settings is None else self.settings
        built = bootstrap.build(Options(store=str(self.file), config=config, practice=practice))
        self.stores.append(built.open_store(create=False))
        return built.make_desk(self.stores[-1], MACHINE)


def whereto(desk: Desk) -> tuple[str, str]:
    """The printers of cards and receipts, or why there is none."""
    found = printing.what(desk)
    return tuple(  # type: ignore[return-value]
        found.of(kind).printer or found.of(kind).reason for kind in ("card", "status")
    )


def test_a_practice_library_prints_to_files(opened: Opener) -> None:
    for settings in (None, "theme = 'light'\n"):
        assert whereto(opened.desk(settings)) == ("pdf", "pdf")


def test_a_practice_library_takes_the_printers_of_a_file_that_is_named(
    opened: Opener, folder: Path
) -> None:
    assert whereto(opened.desk(BOTH.format(folder=folder))) == ("pas", "pdf")


def test_with_faulty_settings_nothing_is_printed(opened: Opener, folder: Path) -> None:
    desk = opened.desk(BOTH.format(folder=folder) + "[[printer]]\nname = 'x'\ntype = 'fax'\n")
    assert desk.printing is None
    assert "deskterm config" in whereto(desk)[0]


def worker(file: Path, *options: str | Path) -> "subprocess.CompletedProcess[str]":
    """Let a worker print what is queued."""
    return subprocess.run(
        [sys.executable, "-m", "deskterm", "worker", "--until-idle", *map(str, options)],
        env={**os.environ, "DESKTERM_STORE": str(file)},
        capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip


def test_what_a_desk_asks_for_its_worker_prints(opened: Opener, folder: Path) -> None:
    desk = opened.desk(BOTH.format(folder=folder))
    actor_id = 413700
    card = printing.print_card(desk, actor_id, CARD, "card")
    bon = printing.print_receipt(desk, "status", actor_id, "bon")
    ran = worker(opened.file, "--config", opened.settings, "--desk", "9401/balie1")
    assert (ran.returncode, ran.stderr) == (0, "")
    assert [printing.job(desk, job.id).state for job in (card, bon)] == ["done", "done"]
    (file,) = folder.iterdir()
    assert file.read_bytes().startswith(b"%PDF")
    printed = opened.file.with_name(f"{opened.file.name}-printed")
    assert len(list(printed.iterdir())) == 1


def test_a_worker_of_another_desk_or_of_none_leaves_it(opened: Opener, folder: Path) -> None:
    desk = opened.desk(BOTH.format(folder=folder))
    job = printing.print_card(desk, 413700, CARD, "card")
    for options in ((), ("--desk", "9401/balie2")):
        ran = worker(opened.file, "--config", opened.settings, *options)
        assert ran.returncode == 0
        assert printing.job(desk, job.id).state == "queued"
    assert list(folder.iterdir()) == []


def test_with_faulty_printers_the_rest_of_the_work_goes_on(
    opened: Opener, folder: Path, started: Run
) -> None:
    desk = opened.desk(BOTH.format(folder=folder))
    job = printing.print_card(desk, 413700, CARD, "card")
    with opened.settings.open("a", encoding="utf-8") as file:
        file.write("[[printer]]\nname = 'x'\ntype = 'fax'\n")
    ran = worker(opened.file, "--config", opened.settings, "--desk", "9401/balie1")
    assert ran.returncode == 0
    assert "printer.2.type" in ran.stderr
    assert printing.job(desk, job.id).state == "queued"


def test_asking_for_a_print_loads_nothing_that_prints(opened: Opener, folder: Path) -> None:
    opened.desk(BOTH.format(folder=folder))
    program = (
        "import sys\n"
        "from deskterm import bootstrap\n"
        "from deskterm.bootstrap import Options\n"
        "from deskterm.services import errands, printing\n"
        "from deskterm.services.staff import MACHINE\n"
        "built = bootstrap.build(Options(store=sys.argv[1], config=None, practice=True))\n"
        "desk = built.make_desk(built.open_store(), MACHINE)\n"
        f"printing.print_card(desk, 413700, '{CARD}', 'key')\n"
        "printing.preview(desk, 'status', 413700)\n"
        "printing.open_jobs(desk)\n"
        "assert errands.worker_needed(desk)\n"
        "print(sorted({'escpos', 'PIL', 'zxingcpp', 'usb', 'serial', 'httpx'} & set(sys.modules)))"
    )
    ran = subprocess.run(
        [sys.executable, "-c", program, str(opened.file)],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert (ran.stdout, ran.stderr) == ("[]\n", "")


def test_the_worker_says_that_it_prints(started: Run) -> None:
    told = " ".join(started("worker", "--help").out.split())
    assert "Print de passen en bonnen van één balie" in told
