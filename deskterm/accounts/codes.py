"""One-time codes: what a customer shows to prove that the mail reached them."""

import hashlib
import secrets

_LETTERS = "23456789ABCDEFGHJKMNPQRSTWXYZ"
"""Without those that look alike on paper or sound alike: 0 O, 1 I L, U V."""
_GROUPS, _GROUP = 3, 4


def new_code() -> str:
    """A code such as `7KQM-3XWD-RTA9`: 58 bits by chance, in groups to be read aloud."""
    groups = ("".join(secrets.choice(_LETTERS) for _ in range(_GROUP)) for _ in range(_GROUPS))
    return "-".join(groups)


def hash_of(code: str, ref: str) -> str:
    """What is kept of a code; the account's ref makes equal codes differ.

    Capitals, blanks and hyphens make no difference: it is typed by hand.
    """
    plain = "".join(character for character in code.upper() if character.isalnum())
    return hashlib.sha256(f"{ref}:{plain}".encode("utf-8", "replace")).hexdigest()


def is_code(code: str, ref: str, kept: str) -> bool:
    """Whether this is the code, in a time that does not tell how much of it is right."""
    return bool(kept) and secrets.compare_digest(hash_of(code, ref), kept)
