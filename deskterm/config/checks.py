"""What a setting may be. Each check answers with the value or raises ValueError with a sentence."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import cast

from deskterm.text import _

Check = Callable[[object], object]


def table(value: object) -> Mapping[str, object]:
    """A section."""
    if isinstance(value, dict):
        return value
    raise ValueError(_("dit hoort een tabel te zijn"))


def text(value: object) -> str:
    """Text, which may be empty."""
    if isinstance(value, str):
        return value
    raise ValueError(_("dit hoort tekst tussen aanhalingstekens te zijn"))


def texts(value: object) -> tuple[str, ...]:
    """A list with at least one text, none of them empty."""
    if isinstance(value, list) and value and all(isinstance(one, str) and one for one in value):
        return tuple(value)
    raise ValueError(_("dit hoort een lijst van teksten te zijn"))


def switch(value: object) -> bool:
    """Yes or no."""
    if isinstance(value, bool):
        return value
    raise ValueError(_("dit hoort true of false te zijn"))


def switch_or(word: str) -> Callable[[object], bool | str]:
    """Yes, no, or this word."""

    def check(value: object) -> bool | str:
        if isinstance(value, bool) or value == word:
            return value if isinstance(value, bool) else word
        raise ValueError(_('dit hoort true, false of "{word}" te zijn').format(word=word))

    return check


def choice(*choices: str) -> Callable[[object], str]:
    """One of a few words."""

    def check(value: object) -> str:
        if text(value) in choices:
            return str(value)
        raise ValueError(_("kies uit {choices}").format(choices=", ".join(choices)))

    return check


def whole(least: int, most: int) -> Callable[[object], int]:
    """A whole number in a range."""

    def check(value: object) -> int:
        # To Python true is 1, to a reader of the file it is not a number.
        if isinstance(value, int) and not isinstance(value, bool) and least <= value <= most:
            return value
        sentence = _("dit hoort een heel getal van {least} tot en met {most} te zijn")
        raise ValueError(sentence.format(least=least, most=most))

    return check


def number(least: float, most: float) -> Callable[[object], float]:
    """A number in a range, with or without decimals."""

    def check(value: object) -> float:
        is_number = isinstance(value, int | float) and not isinstance(value, bool)
        if is_number and least <= cast("float", value) <= most:
            return float(cast("float", value))
        sentence = _("dit hoort een getal van {least} tot en met {most} te zijn")
        raise ValueError(sentence.format(least=f"{least:g}", most=f"{most:g}"))

    return check


def web_address(value: object) -> str:
    """Where a server answers, without a slash at its end.

    What is asked of it may cross a network only under TLS, and an address may hold no secret.
    """
    from urllib.parse import urlsplit

    url = text(value).rstrip("/")
    if not (url.isascii() and url.isprintable()) or " " in url:
        raise ValueError(_("dit hoort een webadres zonder spaties te zijn"))
    try:
        parts = urlsplit(url)
        host, _port = parts.hostname or "", parts.port
    except ValueError:
        host = ""
    if not host or parts.scheme not in ("http", "https"):
        raise ValueError(_("dit hoort een webadres te zijn dat met https:// begint"))
    if parts.username is not None or parts.query or parts.fragment:
        raise ValueError(_("dit hoort alleen een adres te zijn, zonder @, ? of #"))
    if parts.scheme == "http" and not is_loopback(host):
        raise ValueError(
            _("dit hoort met https:// te beginnen; http:// mag alleen op deze machine")
        )
    return url


def is_loopback(host: str) -> bool:
    """Whether a host is this machine itself, whatever a name server says."""
    from ipaddress import ip_address

    if host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False
