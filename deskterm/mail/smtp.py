"""One conversation with a mail server (RFC 5321, 3207, 4954), within a time of its own.

What the server says can quote the address, so errors keep its status and drop its words.
"""

import smtplib
import socket
import ssl
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from email.message import EmailMessage
from threading import Event, Thread
from typing import Any

from deskterm.mail.model import MailLater, MailRefused, MailTrouble
from deskterm.mail.options import MailOptions


def deliver(options: MailOptions, password: str, message: EmailMessage) -> None:
    """Hand over a mail for one recipient.

    Raises:
        MailLater: there is no telling yet; it may even have been taken.
        MailRefused: the server will never take it.
    """
    with _session(options, password) as connection:
        connection.send_message(message)


def check(options: MailOptions, password: str) -> None:
    """Go as far as a mail would, and send none.

    Raises:
        MailLater: with the code of what is wrong.
    """
    with _session(options, password) as connection:
        status, _words = connection.noop()
        if status != 250:
            raise MailLater("unreachable", str(status))


@contextmanager
def _session(options: MailOptions, password: str) -> Iterator[smtplib.SMTP]:
    """A connection on which one may mail, and errors as ours."""
    limit = _Limit(options.total_s)
    try:
        with limit:
            connection = _connect(options, limit)
            try:
                if options.user:
                    _log_in(connection, options.user, password)
                yield connection
            finally:
                # The mail has gone or not by now, whatever comes of the farewell.
                with suppress(OSError):
                    connection.quit()
                connection.close()
    except (OSError, UnicodeError) as error:
        # Without the cause: its text quotes addresses.
        raise _told_apart(error) from None


def _connect(options: MailOptions, limit: "_Limit") -> smtplib.SMTP:
    if options.security == "tls":
        return _SmtpTls(options, limit, context=_context(options))
    connection = _Smtp(options, limit)
    if options.security == "starttls":
        try:
            connection.ehlo_or_helo_if_needed()
            if not connection.has_extn("starttls"):
                raise MailLater("no_starttls")
            connection.starttls(context=_context(options))
        except (OSError, MailTrouble):
            connection.close()
            raise
    return connection


def _context(options: MailOptions) -> ssl.SSLContext:
    try:
        return ssl.create_default_context(cafile=options.ca_file or None)
    except OSError as error:
        raise MailLater("tls", "ca_file") from error


def _log_in(connection: smtplib.SMTP, user: str, password: str) -> None:
    try:
        connection.login(user, password)
    except smtplib.SMTPAuthenticationError as error:
        code = "busy" if error.smtp_code < 500 else "not_authorised"
        raise MailLater(code, str(error.smtp_code)) from None
    except (smtplib.SMTPServerDisconnected, smtplib.SMTPResponseException):
        raise
    except (smtplib.SMTPException, UnicodeError) as error:
        # The server offers no way to log in, or the standard library none for this password.
        raise MailLater("not_authorised", type(error).__name__) from None


def _told_apart(error: OSError | UnicodeError) -> MailTrouble:
    match error:
        case smtplib.SMTPRecipientsRefused():
            status = min(status for status, _words in error.recipients.values())
            return _by_status(status, MailRefused("recipient_refused", str(status)))
        case smtplib.SMTPSenderRefused():
            # It is our own address that is wrong here: once that is mended the mail can go.
            code = "not_authorised" if error.smtp_code == 530 else "sender_refused"
            return _by_status(error.smtp_code, MailLater(code, str(error.smtp_code)))
        case smtplib.SMTPDataError():
            status = error.smtp_code
            return _by_status(status, MailRefused("message_refused", str(status)))
        case smtplib.SMTPResponseException():
            return MailLater("unreachable", str(error.smtp_code))
        case smtplib.SMTPNotSupportedError():
            # An address in letters that this server does not know (RFC 6531).
            return MailRefused("recipient_refused", "SMTPUTF8")
        case ssl.SSLError():
            return MailLater("tls", type(error).__name__)
        case _:
            return MailLater("unreachable", type(error).__name__)


def _by_status(status: int, final: MailTrouble) -> MailTrouble:
    return final if status >= 500 else MailLater("busy", str(status))


class _Limit:
    """Ends a conversation after a time: each silence has a limit of its own, but a server that
    speaks one letter at a time never reaches that."""

    def __init__(self, seconds: float) -> None:
        self.connection: smtplib.SMTP | None = None
        self._seconds = seconds
        self._over = Event()

    def __enter__(self) -> None:
        Thread(target=self._watch, name="mail limit", daemon=True).start()

    def __exit__(self, *_error: object) -> None:
        self._over.set()

    def _watch(self) -> None:
        wait = self._seconds
        while not self._over.wait(wait):
            wait = 0.1
            # Again and again: there is no socket while it connects, and another one after TLS.
            taken = self.connection and self.connection.sock
            if taken:
                with suppress(OSError):
                    # Not its own `shutdown`: under TLS that first lets go of the secrecy.
                    socket.socket.shutdown(taken, socket.SHUT_RDWR)


class _Smtp(smtplib.SMTP):
    """A connection that its limit knows of before it connects."""

    def __init__(self, options: MailOptions, limit: _Limit, **tls: Any) -> None:
        limit.connection = self
        super().__init__(
            options.host,
            options.server_port,
            # The name of this machine is nobody's business, and finding it can take seconds.
            local_hostname=options.sender.rpartition("@")[2],
            timeout=options.timeout_s,
            **tls,
        )


class _SmtpTls(_Smtp, smtplib.SMTP_SSL):
    """The same, with TLS from the first byte."""
