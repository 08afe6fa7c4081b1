"""Who takes the mail away: a mail server, or a folder as long as there is none.

What speaks SMTP or knows mail formats is imported when the first mail goes.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from deskterm.credentials import SecretTrouble, find_secret
from deskterm.mail.model import MailLater, Sender
from deskterm.mail.options import MailOptions
from deskterm.paths import data_folder, private_folder

if TYPE_CHECKING:
    from email.message import EmailMessage

PASSWORD = "mail-password"
"""The name of the password where secrets are kept."""


def choose(options: MailOptions, environ: Mapping[str, str]) -> Sender:
    """The sender that these options ask for; the password is looked for at each mail."""
    if options.host:
        return SmtpSender(options, environ)
    return MaildirSender(options)


@dataclass(frozen=True, slots=True)
class SmtpSender:
    """Hands each mail to the library's mail server, over a connection of its own."""

    options: MailOptions
    environ: Mapping[str, str]

    def __repr__(self) -> str:
        return f"SmtpSender({self.options.host})"

    def send(self, message: "EmailMessage") -> None:
        from deskterm.mail import smtp

        smtp.deliver(self.options, self._password(), message)

    def check(self) -> None:
        """Connect, see the certificate, log in and say NOOP."""
        from deskterm.mail import smtp

        smtp.check(self.options, self._password())

    def _password(self) -> str:
        if not self.options.user:
            return ""
        try:
            password = find_secret(PASSWORD, self.environ, self.options.password_file)
        except SecretTrouble as trouble:
            raise MailLater("no_password", trouble.code) from trouble
        if password is None:
            raise MailLater("no_password")
        return password


@dataclass(frozen=True, slots=True)
class MaildirSender:
    """Leaves each mail as a file that only the owner of the folder can read."""

    options: MailOptions

    def send(self, message: "EmailMessage") -> None:
        import mailbox
        from email.policy import SMTPUTF8

        folder = self._folder()
        try:
            # One by one, as only the last of a path is made private; another worker may be making
            # them at this very moment.
            for part in (folder, folder / "tmp", folder / "new", folder / "cur"):
                private_folder(part)
            # Line ends and letters as a reader on this machine has them.
            readable = SMTPUTF8.clone(linesep="\n")
            mailbox.Maildir(folder, create=False).add(message.as_bytes(policy=readable))
        except (OSError, mailbox.Error) as error:
            raise MailLater("mailbox", type(error).__name__) from error

    def check(self) -> None:
        """Make the folder and see that a file can be made in it."""
        from tempfile import TemporaryFile

        try:
            with TemporaryFile(dir=private_folder(self._folder())):
                return
        except OSError as error:
            raise MailLater("mailbox", type(error).__name__) from error

    def _folder(self) -> Path:
        folder = self.options.maildir
        return Path(folder).expanduser() if folder else data_folder() / "mail"
