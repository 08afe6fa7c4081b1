"""What is imported when: start-up time is made of imports, and the linter cannot see when.

Each case runs in a fresh interpreter and looks at what is loaded afterwards.
"""

import subprocess
import sys

import pytest

SLOW = ("sqlalchemy", "sqlmodel", "alembic", "escpos", "httpx", "argon2", "schwifty", "babel")


def loaded_after(code: str) -> set[str]:
    """The top-level modules that are loaded once the code has run."""
    tail = "\nimport sys\nprint(*sorted({name.partition('.')[0] for name in sys.modules}))"
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
