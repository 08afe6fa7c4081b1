"""Asking a printer or a print server over HTTP, with what Python brings along."""

from __future__ import annotations

import socket
import ssl
from collections.abc import Sequence
from http.client import HTTPConnection, HTTPException, HTTPSConnection, InvalidURL
from urllib.parse import quote, unquote, urlsplit

from deskterm.printing.drivers.ipp_wire import (
    MIME,
    Attribute,
    BadMessage,
    Message,
    Operation,
    Tag,
    answer,
    request,
)
from deskterm.printing.model import Reason

PORT = 631
_MISSING = 404
_OK = 200
_LARGEST = 4 << 20
"""No printer says more of itself."""


class NoContact(Exception):
    """The printer was not reached: not a byte of the request has gone."""

    def __init__(self, reason: Reason) -> None:
        """`reason` says why."""
        super().__init__(str(reason))
        self.reason = reason


class NoReply(Exception):
    """The request went, wholly or in part, and what came of it is not known."""

    def __init__(self, reason: Reason) -> None:
        """`reason` says how it ended."""
        super().__init__(str(reason))
        self.reason = reason


class Denied(Exception):
    """The server answered that it will not: nothing has come of the request."""

    def __init__(self, reason: Reason) -> None:
        """`reason` says why."""
        super().__init__(str(reason))
        self.reason = reason


class IppClient:
    """One printer; every question is a connection of its own, so none is left half read."""

    def __init__(self, uri: str, ca_file: str = "", timeout: float = 5.0) -> None:
        """`uri` is `ipp://host:port/path`, or `ipps:` for TLS by the system's authorities or
        those in `ca_file`; `timeout` in seconds, for connecting and for every answer."""
        self.uri = uri
        self._ca_file = ca_file
        self._timeout = timeout

    def ask(
        self,
        operation: Operation,
        about: Sequence[Attribute] = (),
        job: Sequence[Attribute] = (),
        document: bytes = b"",
    ) -> Message:
        """The answer, whatever its status. Raises NoContact, Denied or NoReply."""
        target = Attribute(Tag.URI, "printer-uri", self.uri)
        who = Attribute(Tag.NAME, "requesting-user-name", "deskterm")
        body = request(operation, (target, *about, who), job) + document
        connection = self._connect()
        # A name typed with a space is as good as one with %20.
        path = quote(unquote(urlsplit(self.uri).path or "/"))
        try:
            connection.request("POST", path, body, {"Content-Type": MIME})
            reply = connection.getresponse()
            data = reply.read(_LARGEST)
        except TimeoutError:
            raise NoReply(Reason.STALLED) from None
        except OSError:
            raise NoReply(Reason.INTERRUPTED) from None
        except HTTPException:
            raise NoReply(Reason.BAD_ANSWER) from None
        finally:
            connection.close()
        return _read(reply.status, data)

    def _connect(self) -> HTTPConnection:
        try:
            connection = self._connection()
            connection.connect()
        except ssl.SSLError:
            raise NoContact(Reason.NOT_TRUSTED) from None
        except (socket.gaierror, ValueError, InvalidURL):
            raise NoContact(Reason.NO_ADDRESS) from None
        except OSError:
            raise NoContact(Reason.OFFLINE) from None
        return connection

    def _connection(self) -> HTTPConnection:
        parts = urlsplit(self.uri)
        host, port = parts.hostname, parts.port or PORT
        if not host:
            raise NoContact(Reason.NO_ADDRESS)
        if parts.scheme != "ipps":
            return HTTPConnection(host, port, timeout=self._timeout)
        try:
            context = ssl.create_default_context(cafile=self._ca_file or None)
        except OSError:
            raise NoContact(Reason.NOT_TRUSTED) from None
        return HTTPSConnection(host, port, timeout=self._timeout, context=context)


def _read(status: int, data: bytes) -> Message:
    if 400 <= status < 500:
        raise Denied(Reason.NOT_FOUND if status == _MISSING else Reason.REFUSED)
    if status != _OK:
        # A server in trouble may have handed the job on before it gave up.
        raise NoReply(Reason.BAD_ANSWER)
    try:
        return answer(data)
    except BadMessage:
        raise NoReply(Reason.BAD_ANSWER) from None
