"""What mail is to the queue: a letter, who takes it away, and two errors that are safe to show."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from deskterm.mail.options import MailOptions

if TYPE_CHECKING:
    from email.message import EmailMessage


@dataclass(frozen=True, slots=True)
class Letter:
    """A mail before it is written out; a repr of it would name people, so it shows its kind."""

    key: str
    """Its Message-ID."""
    kind: str
    """The name of its template."""
    recipient: str
    language: str
    """`nl`, `en`, or any language the library has templates in."""
    contents: Mapping[str, str]

    def __repr__(self) -> str:
        return f"Letter({self.kind})"


class Sender(Protocol):
    """Where mail goes. Both verbs block, within limits of their own, and may raise MailTrouble."""

    @property
    def options(self) -> MailOptions:
        """Whose mail it is."""

    def send(self, message: "EmailMessage") -> None:
        """Hand the mail over; without an error it is somebody else's to deliver."""

    def check(self) -> None:
        """Raise what would go wrong, without sending anything."""


class MailTrouble(Exception):
    """Something came between; `code` may be shown and logged, and names nobody."""

    def __init__(self, code: str, detail: str = "") -> None:
        """`detail` says more for the log, such as a status; never an address or what was said."""
        super().__init__(f"{code} {detail}".strip())
        self.code = code
        self.detail = detail


class MailLater(MailTrouble):
    """Not now: the mail stays in the queue.

    Codes: `unreachable`, `busy` (the server says later), `tls`, `no_starttls`, `not_authorised`,
    `no_password`, `sender_refused`, `sender` (our own address is none), `template`, `mailbox`.
    """


class MailRefused(MailTrouble):
    """Never: trying again would give the same.

    Codes: `bad_address`, `expired`, `recipient_refused`, `message_refused`.
    """
