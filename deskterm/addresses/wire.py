"""One question to a register and its answer, within limits: the one file that imports httpx."""

import logging
import ssl
from collections.abc import Mapping
from contextlib import closing

import httpx

from deskterm.addresses.model import BadAnswer, Unavailable
from deskterm.bounded import Deadline, json_of, keep_silent

MOST_BYTES = 262_144
# RFC 9110 and 6585: not now.
_LATER = frozenset({408, 425, 429})
_NOT_THERE = frozenset({404, 410})

_log = logging.getLogger(__name__)


def ask(url: str, query: Mapping[str, str | list[str]], deadline: Deadline) -> object:
    """Ask once, and read the JSON of the answer to its end before the deadline.

    None when the register says that there is no such thing. Raises RegisterError.
    """
    keep_silent()
    try:
        # Settings of the environment (proxies, .netrc) are not this program's; a redirect would
        # take what was typed to another host.
        with httpx.Client(verify=_trust(url), trust_env=False, follow_redirects=False) as client:
            request = client.build_request(
                "GET",
                url,
                params=query,
                headers={
                    "Accept": "application/json, application/ld+json",
                    "Accept-Encoding": "identity",
                    "User-Agent": "deskterm",
                },
                timeout=deadline.left(),
                extensions={"trace": deadline.watch},
            )
            with closing(client.send(request, stream=True)) as response:
                return _judged(response, deadline)
    except httpx.HTTPError as error:
        # What it says may quote the address, and the address what was typed.
        _log.warning("%s", type(error).__name__)
        raise Unavailable(type(error).__name__) from None
    except (BadAnswer, Unavailable) as error:
        _log.warning("%s", error)
        raise


def _trust(url: str) -> ssl.SSLContext:
    # Reading the system's certificates takes 30 ms, for which plain HTTP has no use.
    plain = url.startswith("http:")
    return ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT) if plain else ssl.create_default_context()


def _judged(response: httpx.Response, deadline: Deadline) -> object:
    status = response.status_code
    if status in _LATER or status >= 500:
        raise Unavailable(str(status))
    if status in _NOT_THERE:
        return None
    if status != 200:
        raise BadAnswer(str(status))
    try:
        answer = json_of(response.iter_raw(), MOST_BYTES, deadline)
    except ValueError as error:
        raise BadAnswer(str(error)) from None
    if answer is None:
        raise BadAnswer("empty")
    return answer
