"""Passwords and tokens of servers: where they are kept, so that they are in no settings file."""

import os
import stat
from collections.abc import Mapping
from pathlib import Path


class SecretTrouble(Exception):
    """A secret that may not or cannot be read; `code` is safe to show, and says nothing of it."""

    def __init__(self, code: str) -> None:
        """`code` is `exposed` (others may read the file) or `unreadable`."""
        super().__init__(code)
        self.code = code


def find_secret(name: str, environ: Mapping[str, str], file: str = "") -> str | None:
    """The secret called `mail-password`, or None when nobody left one.

    First what systemd hands the service (`$CREDENTIALS_DIRECTORY/mail-password`), then the
    variable `DESKTERM_MAIL_PASSWORD`, then the file, which only its owner may read. White space
    around it is no part of it.

    Raises:
        SecretTrouble: it is there, but others may read it, or we may not.
    """
    folder = environ.get("CREDENTIALS_DIRECTORY")
    if folder and (Path(folder) / name).exists():
        # systemd guards this folder itself, with rights that a mode does not show.
        return _content(Path(folder) / name)
    variable = environ.get(f"DESKTERM_{name.replace('-', '_').upper()}", "").strip()
    if variable:
        return variable
    if not file:
        return None
    path = Path(file).expanduser()
    _require_private(path)
    return _content(path)


def _require_private(path: Path) -> None:
    try:
        mode = path.stat().st_mode
    except OSError as error:
        raise SecretTrouble("unreadable") from error
    # Windows has no such rights: its files show a mode that means nothing.
    if os.name == "posix" and mode & (stat.S_IRWXG | stat.S_IRWXO):
        raise SecretTrouble("exposed")


def _content(path: Path) -> str | None:
    try:
        return path.read_text(encoding="utf-8").strip() or None
    except (OSError, UnicodeDecodeError) as error:
        raise SecretTrouble("unreadable") from error
