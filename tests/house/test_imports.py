"""What is imported when: start-up time is made of imports, and the linter cannot see when.

Each case runs in a fresh interpreter and looks at what is loaded afterwards.
"""

import subprocess
import sys
from pathlib import Path

import pytest

from deskterm.store.engine import open_store

SLOW = ("sqlalchemy", "sqlmodel", "alembic", "escpos", "httpx", "argon2", "schwifty", "babel")


def loaded_after(code: str) -> set[str]:
    """The modules that are loaded once the code has run."""
    tail = "\nimport sys\nprint(*sorted(sys.modules))"
    done = subprocess.run(
        [sys.executable, "-c", code + tail], capture_output=True, text=True, check=True
    )
    return set(done.stdout.splitlines()[-1].split())


@pytest.mark.parametrize(
    ("code", "kept_out"),
    [
        ("import deskterm", ("textual", "pydantic", *SLOW)),
        ("import deskterm.text, deskterm.paths", ("textual", "gettext", "platformdirs", *SLOW)),
        ("import deskterm.rules, deskterm.views", ("textual", "pydantic", *SLOW)),
        ("import deskterm.keys, deskterm.scan", ("textual", "pydantic", *SLOW)),
        ("import deskterm.services", ("textual", "pydantic", *SLOW)),
        (
            "from deskterm.cli import main\n"
            "try: main(['--version'])\n"
            "except SystemExit as end: assert not end.code, end.code",
            ("textual", "pydantic", *SLOW),
        ),
        ("import deskterm.app", ("pydantic", *SLOW)),
        ("import deskterm.app, deskterm.screens", ("pydantic", *SLOW)),
    ],
)
def test_nothing_slow_is_loaded_before_it_is_needed(code: str, kept_out: tuple[str, ...]) -> None:
    assert loaded_after(code) & set(kept_out) == set()


def test_the_reads_of_the_store_need_no_orm() -> None:
    assert loaded_after("import deskterm.store") & {"sqlmodel", "pydantic", "alembic"} == set()


def test_a_desk_on_sqlite_has_nothing_of_the_other_engine(tmp_path: Path) -> None:
    """Each of a hundred desks on a server holds all that it has loaded when it comes to rest."""
    file = str(tmp_path / "library.db")
    open_store(file).close()
    loaded = loaded_after(
        "from deskterm.services.warming import PARTS\n"
        "for part in PARTS: part()\n"
        "from deskterm.store.engine import open_store\n"
        f"with open_store({file!r}).write(): pass"
    )
    assert "sqlalchemy.dialects.sqlite" in loaded
    assert loaded & {"sqlalchemy.dialects.postgresql", "psycopg", "alembic", "httpx"} == set()


@pytest.mark.parametrize(
    ("register", "accounts", "loads"),
    [("None", "local", False), ("None", "scim", True), ("object()", "local", True)],
)
def test_what_asks_servers_is_loaded_ahead_by_who_asks_one(
    register: str, accounts: str, loads: bool
) -> None:
    loaded = loaded_after(
        "from types import SimpleNamespace as Some\n"
        "from deskterm import ahead\n"
        f"desk = Some(addresses={register}, accounts=Some(name={accounts!r}))\n"
        f"assert ahead.is_wanted(desk) is {loads}\n"
        "ahead.load(desk)\n"
        "assert not ahead.is_wanted(desk)"
    )
    assert ("httpx" in loaded) is loads


@pytest.mark.parametrize(
    ("words", "all_commands"),
    [
        ((), False),
        (("--config", "config.toml", "--login", "prins"), False),
        (("--store=library.db", "--day", "2024-05-15", "--desk", "balie1"), False),
        (("--store", "library.db", "settings"), True),
        (("--help",), True),
        (("--store",), True),
    ],
)
def test_what_opens_a_desk_loads_no_command(words: tuple[str, ...], all_commands: bool) -> None:
    loaded = loaded_after(f"from deskterm.cli.parser import build\nbuild({words!r})")
    assert ("deskterm.cli.transfer" in loaded) == all_commands
