"""What the composition root makes of the settings for accounts and mail, and what that loads."""

import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from time import monotonic

import pytest

from deskterm import bootstrap
from deskterm.accounts.model import Unavailable
from deskterm.app import DesktermApp
from deskterm.bootstrap import Bootstrap, Options
from deskterm.cli.opening import open_store
from deskterm.cli.start import worker_starter
from deskterm.services.desk import Desk
from deskterm.services.errors import DeskError
from deskterm.store.engine import Store
from deskterm.worker.beside import Beside, BesideOptions
from tests.cli.conftest import Run
from tests.rows_store import add_library

SCIM = "[accounts]\nprovider = 'scim'\n[accounts.scim]\nbase_url = 'https://id.example.org'\n"
Open = Callable[[str], Desk]


@pytest.fixture
def real_library(sqlite_store: Store, sqlite_file: Path) -> Path:
    """A store with a library that is not for practice."""
    add_library(sqlite_store)
    with sqlite_store.write_plain() as connection:
        connection.exec_driver_sql("INSERT INTO desk (name, branch_code) VALUES ('b1', '9401')")
    return sqlite_file


def built_for(store: Path, tmp_path: Path, settings: str) -> Bootstrap:
    file = tmp_path / "config.toml"
    file.write_text(settings, encoding="utf-8")
    return bootstrap.build(Options(store=str(store), config=file))


@pytest.fixture
def desk_of(real_library: Path, tmp_path: Path) -> Iterator[Open]:
    """The desk of the real library with these settings."""
    opened: list[Store] = []

    def make(settings: str) -> Desk:
        built = built_for(real_library, tmp_path, settings)
        opened.append(built.open_store())
        return built.make_desk(opened[-1])

    yield make
    for store in opened:
        store.close()


def test_without_settings_accounts_are_local(desk_of: Open) -> None:
    desk = desk_of("")
    assert desk.accounts is not None
    assert desk.accounts.name == "local"
    desk.accounts.check()
    desk.accounts.close()
    desk.accounts.check()


def test_the_settings_choose_the_provider_and_its_options(desk_of: Open) -> None:
    assert desk_of("[accounts]\nprovider = 'none'\n").accounts is None
    desk = desk_of(f"{SCIM}read_s = 3\n[mail]\nlibrary = 'Annen'\n")
    assert desk.accounts is not None
    assert desk.accounts.name == "scim"
    assert desk.account_options.scim.read_s == 3
    desk.accounts.close()


@pytest.mark.parametrize(
    "settings", ["[accounts]\nprovidr = 'scim'\n", "[accounts\n", "[accounts]\ntoken = 'x'\n"]
)
def test_with_faulty_settings_no_account_is_made_elsewhere(desk_of: Open, settings: str) -> None:
    desk = desk_of(settings)
    assert desk.accounts is not None
    with pytest.raises(Unavailable, match="settings"):
        desk.accounts.find("thea")


def test_certificates_that_cannot_be_read_are_as_a_server_that_is_down(desk_of: Open) -> None:
    desk = desk_of(f"{SCIM}ca_file = 'none.pem'\n")
    assert desk.accounts is not None
    with pytest.raises(Unavailable, match="ca_file"):
        desk.accounts.find("thea")


def test_staff_wait_for_a_silent_server_no_longer_than_is_set_for_them(
    desk_of: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DESKTERM_ACCOUNTS_TOKEN", "t0ken")
    with socket.create_server(("127.0.0.1", 0)) as silent:
        url = f"http://127.0.0.1:{silent.getsockname()[1]}"
        desk = desk_of(
            f"[accounts]\nprovider = 'scim'\ninteractive_budget_s = 0.5\n"
            f"[accounts.scim]\nbase_url = '{url}'\nread_s = 30\n"
        )
        assert desk.accounts is not None
        began = monotonic()
        with pytest.raises(Unavailable, match=r"Timeout|deadline"):
            desk.accounts.find("thea")
    assert monotonic() - began < 15
    desk.accounts.close()


def test_a_practice_library_has_its_own_accounts_and_its_mail_beside_it(
    practice: Path, tmp_path: Path
) -> None:
    built = built_for(practice, tmp_path, f"{SCIM}[mail]\nhost = 'smtp.example.org'\n")
    with open_store(built) as store:
        desk = built.make_desk(store)
        mail = built.mail_section(store)
    assert desk.accounts is not None
    assert desk.accounts.name == "local"
    assert mail.faults == ()
    assert (mail.options.host, mail.options.maildir) == ("", f"{practice}-mail")


def test_mail_is_read_where_it_is_set(real_library: Path, tmp_path: Path) -> None:
    built = built_for(real_library, tmp_path, "[mail]\nlibrary = 'Annen'\n")
    with open_store(built) as store:
        assert built.mail_section(store).options.library == "Annen"


def test_a_worker_serves_the_desk_that_is_named_and_no_other(
    real_library: Path, tmp_path: Path
) -> None:
    plain = built_for(real_library, tmp_path, "")
    named = built_for(real_library, tmp_path, "desk = 'b1'\n")
    with open_store(plain) as store:
        with plain.worker(store, until_idle=True) as worker:
            worker.run()
            assert not worker.serves_desk
        with named.worker(store, until_idle=True) as worker:
            worker.run()
            assert worker.serves_desk
        wrong = bootstrap.build(Options(store=str(real_library), desk="b9"))
        with pytest.raises(DeskError, match="b9"), wrong.worker(store, until_idle=True):
            pass


SLOW = {"httpx", "jinja2", "sqlalchemy", "sqlmodel", "smtplib", "mailbox"}
"""What only work beside the desk needs."""


@pytest.mark.parametrize("settings", ["", f"{SCIM}[mail]\nlibrary = 'Annen'\n"])
def test_a_desk_is_made_and_looks_for_errands_without_what_does_them(
    real_library: Path, tmp_path: Path, settings: str
) -> None:
    file = tmp_path / "config.toml"
    file.write_text(settings, encoding="utf-8")
    program = (
        "import sys\n"
        "from pathlib import Path\n"
        "from deskterm import app, bootstrap, services\n"
        "options = bootstrap.Options(store=sys.argv[1], config=Path(sys.argv[2]))\n"
        "built = bootstrap.build(options)\n"
        "desk = built.make_desk(built.open_store())\n"
        "assert not services.errands.worker_needed(desk)\n"
        "print(*sorted({name.partition('.')[0] for name in sys.modules}))\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, str(real_library), str(file)],
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    loaded = set(done.stdout.split())
    assert "textual" in loaded
    assert loaded & SLOW == set()


def test_the_settings_in_force_name_those_of_accounts_mail_and_printing(
    run: Run, tmp_path: Path
) -> None:
    file = tmp_path / "config.toml"
    file.write_text(f"{SCIM}[mail]\nport = 'x'\n", encoding="utf-8")
    ran = run("config", "--config", file)
    lines = ran.out.splitlines()
    assert ran.status == 1
    assert "regel 6: mail.port:" in ran.err
    assert 'accounts.scim.base_url = "https://id.example.org"  # uit het bestand' in lines
    assert 'accounts.scim.search = "post"  # standaard' in lines
    assert "mail.port = 0  # standaard" in lines
    assert "printing.keep_payload_days = 7  # standaard" in lines


def test_the_screens_start_a_worker_for_their_own_store_day_and_desk(
    practice: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    given: list[BesideOptions] = []
    monkeypatch.setattr(Beside, "start", lambda _self, options: given.append(options))
    file = tmp_path / "config.toml"
    file.touch()
    built = bootstrap.build(Options(store=str(practice), config=file, practice=True))
    app = DesktermApp(built)
    with open_store(built) as store:
        app.desk = built.make_desk(store)
        worker_starter(app)()
    day = bootstrap.PRACTICE_DAY
    assert given == [BesideOptions(str(practice), file, day, bootstrap.PRACTICE_DESK)]
    real = DesktermApp(bootstrap.build(Options(store=str(practice))))
    real.desk = app.desk
    worker_starter(real)()
    assert (given[1].config, given[1].day) == (None, None)
