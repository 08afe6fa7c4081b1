"""What a library decides about its mail; the settings file fills it in."""

from dataclasses import dataclass
from typing import Literal

from deskterm.config.checks import is_loopback

Security = Literal["starttls", "tls", "none"]

PORTS: dict[Security, int] = {"starttls": 587, "tls": 465, "none": 25}
"""The port of each kind of connection when none is named (RFC 8314)."""


class BadMailOptions(ValueError):
    """Options that contradict each other; `code` says which, and is safe to show."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True, slots=True)
class MailOptions:
    """Who mails, and through which server. The password is never among them.

    Raises:
        BadMailOptions: `security` (none for another machine), `sender` (a server without an
            address to mail from), `timeout` (no limit above zero, or one beyond the lease).
    """

    sender: str = ""
    """The address that mail comes from."""
    sender_name: str = ""
    """The name beside it; empty takes the library's."""
    library: str = ""
    """The name of the library, as customers know it."""
    host: str = ""
    """The mail server; empty leaves each mail as a file in `maildir`."""
    port: int = 0
    """0 takes the usual one of `security`."""
    security: Security = "starttls"
    """`none` sends everything readable, so only to this machine itself."""
    user: str = ""
    """Whom to log in as; empty does not log in."""
    password_file: str = ""
    """Where the password is when neither systemd nor the environment has it; its mode is 0600."""
    ca_file: str = ""
    """The certificates to trust instead of the system's."""
    timeout_s: float = 10.0
    """The longest silence of the server, in seconds."""
    total_s: float = 30.0
    """The longest that one mail may take, in seconds."""
    templates: str = ""
    """A folder of the library whose templates take the place of those that came along."""
    maildir: str = ""
    """The folder of mail that no server takes; empty is `mail` in the data folder."""

    def __post_init__(self) -> None:
        if self.security == "none" and self.host and not is_loopback(self.host):
            raise BadMailOptions("security")
        if self.host and not self.sender:
            raise BadMailOptions("sender")
        # A mail that takes longer than its lease (60 s) is sent twice.
        if not 0 < self.timeout_s <= self.total_s <= 45:
            raise BadMailOptions("timeout")

    @property
    def server_port(self) -> int:
        """The port to connect to."""
        return self.port or PORTS[self.security]
