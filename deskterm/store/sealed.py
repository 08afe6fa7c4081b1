"""Backups that only the holder of a key can read: the age format, through pyrage.

A backup is sealed for public keys, which the machine of the desks may know; the secret keys that
open it are kept elsewhere. A sealed file proves that nobody changed it, not who made it.
"""

import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from types import ModuleType
from typing import cast

from deskterm.paths import only_mine

_START = b"age-encryption.org/v1"
_SECRET = "AGE-SECRET-KEY-"


class SealTrouble(Exception):
    """A backup that cannot be sealed or opened; `code` names no key.

    Codes: `no_library` (pyrage is not installed), `bad_key` (a public key that is none), `no_key`
    (a file without a secret key), `wrong_key` (none of the keys opens it), `damaged`, `unwritable`
    (no room, or no right).
    """

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def is_sealed(file: Path) -> bool:
    """Whether a file is a sealed one; OSError when it cannot be read."""
    with file.open("rb") as stream:
        return stream.read(len(_START)) == _START


def new_key(file: Path) -> str:
    """Write a new secret key to a file that is not there yet; the answer is its public key.

    Raises:
        SealTrouble: `no_library`.
        OSError: the file is there already, or cannot be written.
    """
    identity = _pyrage().x25519.Identity.generate()
    public = str(identity.to_public())
    with open(file, "x", encoding="ascii", opener=only_mine) as stream:
        stream.write(f"# public key: {public}\n{identity}\n")
    return public


@contextmanager
def sealing(file: Path, keys: Sequence[str], beside: Path) -> Iterator[Path]:
    """Give a place to write a backup to, which then goes to `file`, sealed for these public keys.

    The place is in a folder of its own in `beside`, where the data itself is kept too, and is
    emptied in any case. A file that is there is only replaced by a whole one.

    Raises:
        SealTrouble: `no_library` or `bad_key`, before anything is written; `unwritable`.
        OSError: the file cannot be written.
    """
    pyrage = _pyrage()
    try:
        recipients = [pyrage.x25519.Recipient.from_str(key) for key in keys]
    except pyrage.RecipientError:
        raise SealTrouble("bad_key") from None
    part = file.with_name(file.name + ".part")
    with TemporaryDirectory(prefix="backup-", dir=beside) as folder:
        plain = Path(folder) / "plain.db"
        yield plain
        part.unlink(missing_ok=True)
        try:
            with (
                plain.open("rb") as source,
                open(part, "wb", opener=only_mine) as target,
            ):
                pyrage.encrypt_io(source, target, recipients)
                target.flush()
                os.fsync(target.fileno())
            part.replace(file)
        except pyrage.EncryptError:
            raise SealTrouble("unwritable") from None
        finally:
            part.unlink(missing_ok=True)


@contextmanager
def opened(file: Path, key_file: Path, beside: Path) -> Iterator[Path]:
    """Give the backup that is sealed in a file, as long as the block lasts.

    Raises:
        SealTrouble: `no_library`, `no_key`, `wrong_key`, `damaged` or `unwritable`.
        OSError: a file cannot be read or written.
    """
    pyrage = _pyrage()
    text = key_file.read_text(encoding="utf-8", errors="replace")
    secrets = [line.strip() for line in text.splitlines() if line.startswith(_SECRET)]
    if not secrets:
        raise SealTrouble("no_key")
    try:
        identities = [pyrage.x25519.Identity.from_str(secret) for secret in secrets]
    except pyrage.IdentityError:
        raise SealTrouble("no_key") from None
    with TemporaryDirectory(prefix="restore-", dir=beside) as folder:
        plain = Path(folder) / "plain.db"
        with file.open("rb") as source, open(plain, "wb", opener=only_mine) as target:
            try:
                pyrage.decrypt_io(source, target, identities)
            except (pyrage.DecryptError, OSError) as error:
                raise SealTrouble(_why(error)) from None
        yield plain


def _why(error: Exception) -> str:
    """What kept a backup closed: pyrage tells it in words alone."""
    said = str(error)
    if "No matching keys" in said:
        return "wrong_key"
    # A damaged file gives an error of the system without a number.
    return "unwritable" if getattr(error, "errno", None) or "OSError" in said else "damaged"


def _pyrage() -> ModuleType:
    try:
        import pyrage
    except ImportError:
        raise SealTrouble("no_library") from None
    return cast(ModuleType, pyrage)
