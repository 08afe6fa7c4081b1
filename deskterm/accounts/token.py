"""The token that the account server knows this library by, and the places it is looked for in.

It is never in config.toml: settings get copied, shown and sent along.
"""

import os
import re
import stat
from collections.abc import Mapping
from importlib import import_module
from pathlib import Path
from typing import Protocol, cast

from deskterm.accounts.model import NotAuthorised
from deskterm.text import _, reason_text

CREDENTIALS_FOLDER = "CREDENTIALS_DIRECTORY"
CREDENTIAL = "accounts-token"
VARIABLE = "DESKTERM_ACCOUNTS_TOKEN"
KEYRING_SERVICE = "deskterm"

MOST_BYTES = 16_384
# RFC 6750, 2.1: what may follow `Bearer`. HTTP libraries quote any other value in their errors.
_ALLOWED = re.compile(r"[A-Za-z0-9._~+/-]+=*")
_OTHERS = stat.S_IRWXG | stat.S_IRWXO


class Token:
    """A secret that shows itself only when asked to."""

    __slots__ = ("_secret",)

    def __init__(self, secret: str, place: str = "") -> None:
        """`place` is where it was found, for the error; TokenTrouble when it cannot be one."""
        if not _ALLOWED.fullmatch(secret):
            raise TokenTrouble(
                "token_malformed",
                _("Wat in {place} staat, is geen token.").format(place=place or CREDENTIAL),
            )
        self._secret = secret

    def reveal(self) -> str:
        """The secret itself, for the header that needs it."""
        return self._secret

    def __repr__(self) -> str:
        return "Token(...)"

    def __reduce__(self) -> tuple[object, ...]:
        raise TypeError("a token is not written down")


class TokenTrouble(NotAuthorised):
    """There is no usable token; `sentence` tells the manager what to do."""

    def __init__(self, detail: str, sentence: str) -> None:
        super().__init__(detail)
        self.sentence = sentence


class _KeyRing(Protocol):
    def get_password(self, service_name: str, username: str) -> str | None: ...


def find_token(environ: Mapping[str, str], file: Path | None = None) -> Token:
    """The token from a systemd credential, the environment, this file, or the key ring.

    The first place that has one counts. A file that others than its owner may use is refused, and
    so is a place that holds something else than a token (TokenTrouble).
    """
    folder = environ.get(CREDENTIALS_FOLDER)
    if folder and (credential := Path(folder, CREDENTIAL)).is_file():
        return Token(_read(credential), str(credential))
    if said := environ.get(VARIABLE, "").strip():
        return Token(said, VARIABLE)
    if file is not None and file.exists():
        return Token(_read(file, private=True), str(file))
    if kept := _from_key_ring():
        return Token(kept, _("de sleutelbos"))
    places = [f"${CREDENTIALS_FOLDER}/{CREDENTIAL}", VARIABLE, *([str(file)] if file else [])]
    sentence = _(
        "Er is geen token voor de accountserver: niet in {places} en niet in de sleutelbos."
    )
    raise TokenTrouble("token_missing", sentence.format(places=", ".join(places)))


def _read(file: Path, *, private: bool = False) -> str:
    try:
        with file.open("rb") as opened:
            # Asked of the file that is open: its name may come to mean another one.
            mode = stat.S_IMODE(os.fstat(opened.fileno()).st_mode)
            # Windows has no such rights.
            if private and mode & _OTHERS and os.name == "posix":
                sentence = _(
                    "{file} is voor anderen te gebruiken (rechten {mode:o}). Geef eerst: "
                    "chmod 600 {file}"
                )
                raise TokenTrouble("token_file_open", sentence.format(file=file, mode=mode))
            return opened.read(MOST_BYTES).decode("ascii", errors="replace").strip()
    except OSError as error:
        sentence = _("{file} is niet te lezen: {reason}")
        raise TokenTrouble(
            "token_file_unreadable", sentence.format(file=file, reason=reason_text(error))
        ) from None


def _from_key_ring() -> str:
    """What the key ring of the system has; empty without the extra, or without a key ring."""
    try:
        # Slow to import, and most libraries do not have it.
        ring = cast(_KeyRing, import_module("keyring"))
        errors = import_module("keyring.errors")
    except ImportError:
        return ""
    try:
        return (ring.get_password(KEYRING_SERVICE, CREDENTIAL) or "").strip()
    except errors.KeyringError:
        return ""
