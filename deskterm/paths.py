"""Where files are: what the program keeps for its user, and what came with the program.

On Linux these follow the XDG variables, elsewhere the habits of the system. Nothing is made
here until `private_folder` is asked to.
"""

from __future__ import annotations

import os
from pathlib import Path

_PACKAGE = Path(__file__).parent


def data_folder() -> Path:
    """The folder of the library's data, which may not exist yet."""
    from platformdirs import user_data_path

    return user_data_path("deskterm", appauthor=False)


def store_file() -> Path:
    """The store of the library when nothing else is said."""
    return data_folder() / "deskterm.db"


def desk_file() -> Path:
    """Which desk each machine is that was asked, which may not exist."""
    return data_folder() / "desk.json"


def practice_store_file() -> Path:
    """The store of the practice library: a folder of its own, so the two cannot be mixed up."""
    return data_folder() / "practice" / "practice.db"


def printed_folder() -> Path:
    """Where printers that are files write, when the settings do not say where."""
    return data_folder() / "printed"


def config_file() -> Path:
    """The user's settings, which may not exist."""
    from platformdirs import user_config_path

    return user_config_path("deskterm", appauthor=False) / "config.toml"


def log_file() -> Path:
    """The log of errors that nobody foresaw."""
    from platformdirs import user_log_path

    return user_log_path("deskterm", appauthor=False) / "deskterm.log"


def private_folder(folder: Path) -> Path:
    """Make the folder, readable for its owner only, and hand it back.

    A folder that is there already keeps its rights: they are somebody's choice.
    """
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder


def only_mine(name: str, flags: int) -> int:
    """The `opener` of `open` for what is written about people: a new file is its owner's alone.

    A file that is there already keeps its rights: they are somebody's choice.
    """
    return os.open(name, flags, 0o600)


def resource(*parts: str) -> Path:
    """A file that comes with the program: `resource("demo", "staff.toml")`.

    In a checkout that is under data/, in an installed wheel under deskterm/data.
    """
    checkout = _PACKAGE.parent
    inside = checkout / "data" if (checkout / "pyproject.toml").is_file() else _PACKAGE / "data"
    return inside.joinpath(*parts)
