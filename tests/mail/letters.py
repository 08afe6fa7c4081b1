"""A letter as the local provider asks for it."""

from dataclasses import replace

from deskterm.mail.model import Letter

CODE = "K7QX-M2PD"
LETTER = Letter(
    key="account/17",
    kind="account_made",
    recipient="zoe@example.org",
    language="nl",
    contents={
        "name": "Zoë <b>",
        "username": "zoe17",
        "code": CODE,
        # The clock of the tests stands at noon of 15 March in UTC.
        "expires": "2026-03-16T12:00:00+00:00",
        "hours": "24",
        "library": "Bibliotheek Annen",
    },
)


def letter_with(**contents: str) -> Letter:
    """The letter with other contents."""
    return replace(LETTER, contents={**LETTER.contents, **contents})


def letter_without(name: str) -> Letter:
    """The letter without one of its contents."""
    return replace(
        LETTER, contents={key: value for key, value in LETTER.contents.items() if key != name}
    )
