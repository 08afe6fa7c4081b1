"""One question to a SCIM server and its answer, within limits: the one file that imports httpx."""

import json
import logging
import re
import ssl
import time
from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

import httpx

from deskterm.accounts.model import BadAnswer, NotAuthorised, Rejected, Unavailable
from deskterm.accounts.options import ScimOptions
from deskterm.accounts.scim_resources import scim_type
from deskterm.accounts.token import Token
from deskterm.bounded import Deadline, json_of, keep_silent

MEDIA_TYPE = "application/scim+json"
MOST_BYTES = 1_048_576
CONNECT_BUDGET_S = 5.0
CONNECT_WAITS_S = (0.0, 0.5)
"""Before the second and the third attempt to connect."""
LONGEST_RETRY_AFTER_S = 86_400.0
# RFC 9110 and 6585: not now. What was asked may have been done all the same.
_LATER = frozenset({408, 425, 429})

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Question:
    """A request; `resource` is what the log may call it."""

    method: str
    resource: str
    path: str
    body: Mapping[str, object] | None = None
    query: Mapping[str, str] | None = None
    etag: str = ""
    reserve_s: float = 0.0
    """What is to be left of the time when the answer is in."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What a server said that speaks JSON: not one that asks for patience or another token."""

    status: int
    body: object
    """None when there is none."""
    etag: str = ""

    @property
    def is_gone(self) -> bool:
        """Whether the server knows no such user; a wrong address has another kind of 404."""
        told = self.body is None or (isinstance(self.body, dict) and "schemas" in self.body)
        return self.status == 404 and told

    def expected(self, *statuses: int) -> object:
        """The body; BadAnswer for any other status than these."""
        if self.status not in statuses:
            raise BadAnswer(self._named())
        return self.body

    def refused_for_good(self) -> None:
        """Rejected when the server says what is wrong with this one request.

        Another address (404) or method (405) is a matter of the settings, which may change.
        """
        if 400 <= self.status < 500 and self.status not in (404, 405) and self.body is not None:
            raise Rejected(self._named())

    def _named(self) -> str:
        return f"{self.status} {scim_type(self.body)}".strip()


@dataclass(frozen=True, slots=True)
class Talk:
    """The questions of one verb, which share a token and a deadline."""

    wire: "Wire"
    token: Token
    deadline: Deadline

    def ask(
        self,
        method: str,
        resource: str,
        path: str,
        *,
        body: Mapping[str, object] | None = None,
        query: Mapping[str, str] | None = None,
        etag: str = "",
        reserve_s: float = 0.0,
    ) -> Answer:
        """Ask once; `resource` is what the log may call it. Unavailable, NotAuthorised, BadAnswer
        for what came instead of an answer."""
        question = Question(method, resource, path, body, query, etag, reserve_s)
        return self.wire.ask(question, self.token, self.deadline)


class Wire:
    """A connection to one server, kept between questions. Errors are those of the model."""

    def __init__(self, base: str, context: ssl.SSLContext, options: ScimOptions) -> None:
        """`base` is the address before `/Users`, `context` holds the certificates to trust."""
        keep_silent()
        self._base, self._options = base, options
        # Settings of the environment (proxies, .netrc) are not this program's; a redirect would
        # take the token to another host.
        self._client = httpx.Client(verify=context, trust_env=False, follow_redirects=False)

    def talk(self, token: Token, deadline: Deadline) -> Talk:
        """Begin to ask."""
        return Talk(self, token, deadline)

    def close(self) -> None:
        """Let go of the connection; a question that is under way ends in its own thread."""
        self._client.close()

    def ask(self, question: Question, token: Token, deadline: Deadline) -> Answer:
        """Ask once, and read the answer to its end before the deadline."""
        try:
            with closing(self._sent(question, token, deadline)) as response:
                answer = _judged(response)
        except httpx.HTTPError as error:
            # What it says may quote the address, and the address a name.
            _log.warning("%s %s: %s", question.method, question.resource, type(error).__name__)
            raise Unavailable(type(error).__name__) from None
        except (BadAnswer, NotAuthorised, Unavailable) as error:
            _log.warning("%s %s: %s", question.method, question.resource, error)
            raise
        _log.debug("%s %s: %d", question.method, question.resource, answer.status)
        return answer

    def _sent(self, question: Question, token: Token, deadline: Deadline) -> httpx.Response:
        """The start of an answer. Only connecting is tried again: it has asked nothing yet."""
        most_s = min(CONNECT_BUDGET_S, deadline.left(question.reserve_s))
        connecting = Deadline(most_s, Unavailable)
        for wait in (*CONNECT_WAITS_S, None):
            left = deadline.left(question.reserve_s)
            connect_s = min(self._options.connect_s, connecting.left())
            request = self._client.build_request(
                question.method,
                f"{self._base}/{question.path}",
                params=question.query,
                content=_written(question.body),
                headers=_headers(question, token),
                timeout=httpx.Timeout(min(self._options.read_s, left), connect=connect_s),
                extensions={"trace": deadline.watch},
            )
            try:
                return self._client.send(request, stream=True)
            except (httpx.ConnectError, httpx.ConnectTimeout) as error:
                if _distrusted(error):
                    raise Unavailable("certificate") from None
                if wait is None:
                    raise Unavailable(type(error).__name__) from None
                time.sleep(min(wait, connecting.left()))
        raise AssertionError("the last attempt answers or raises")


def _headers(question: Question, token: Token) -> dict[str, str]:
    headers = {
        "Authorization": f"Bearer {token.reveal()}",
        "Accept": MEDIA_TYPE,
        "Accept-Encoding": "identity",
    }
    if question.body is not None:
        headers["Content-Type"] = MEDIA_TYPE
    if question.etag:
        headers["If-Match"] = question.etag
    return headers


def _written(body: Mapping[str, object] | None) -> bytes | None:
    return None if body is None else json.dumps(body).encode("ascii")


def _distrusted(error: BaseException | None) -> bool:
    """Whether connecting failed on the server's certificate: trying again changes nothing."""
    while error is not None:
        if isinstance(error, ssl.SSLCertVerificationError):
            return True
        error = error.__context__
    return False


def _judged(response: httpx.Response) -> Answer:
    status = response.status_code
    if status in (401, 403):
        raise NotAuthorised(str(status))
    if status in _LATER or status >= 500:
        raise Unavailable(str(status), _retry_after(response))
    if status // 100 not in (2, 4):
        raise BadAnswer(str(status))
    return Answer(status, _body(response), response.headers.get("ETag", ""))


def _body(response: httpx.Response) -> object:
    """The JSON of an answer; None when it is empty."""
    try:
        return json_of(response.iter_raw(), MOST_BYTES)
    except ValueError as error:
        raise BadAnswer(f"{response.status_code} {error}") from None


def _retry_after(response: httpx.Response) -> float | None:
    """The wait in seconds that the server asks for (RFC 9110, 10.2.3), a day at most."""
    said = response.headers.get("Retry-After", "").strip()
    if re.fullmatch(r"[0-9]{1,9}", said):
        seconds = float(said)
    else:
        try:
            seconds = (parsedate_to_datetime(said) - datetime.now(UTC)).total_seconds()
        except (TypeError, ValueError, OverflowError):
            return None
    return min(max(seconds, 0.0), LONGEST_RETRY_AFTER_S)
