"""Which desk this program stands at: by DESKTERM_DESK, by the name of the machine, or by whoever
opened the SSH session (printing.md, section 6)."""

from collections.abc import Mapping
from ipaddress import ip_address

from deskterm.printing.options import PrintingOptions


def named_desk(options: PrintingOptions, said: str) -> str:
    """The desk that DESKTERM_DESK means: the one that matches it, else the one it names itself;
    empty when it says nothing."""
    said = said.strip()
    matching = (name for name, desk in options.desks.items() if said and desk.match.env == said)
    return next(matching, said)


def recognised_desk(options: PrintingOptions, environ: Mapping[str, str], host: str) -> str:
    """The desk of the settings that has this machine's name, or else the address that the SSH
    session comes from; empty when no desk has either."""
    short, client = _short(host), _client(environ)
    for name, desk in options.desks.items():
        if short and short in {_short(one) for one in desk.match.host}:
            return name
    for name, desk in options.desks.items():
        if client and client in {_address(one) for one in desk.match.ssh_client}:
            return name
    return ""


def machine(environ: Mapping[str, str], host: str) -> str:
    """What tells this machine from others: where the SSH session comes from, else its own name."""
    return _client(environ) or _short(host)


def _short(host: str) -> str:
    return host.partition(".")[0].casefold()


def _client(environ: Mapping[str, str]) -> str:
    connection = environ.get("SSH_CONNECTION") or environ.get("SSH_CLIENT") or ""
    return _address(connection.partition(" ")[0])


def _address(written: str) -> str:
    """An address in one spelling: IPv4 may come wrapped in IPv6."""
    try:
        address = ip_address(written.strip())
    except ValueError:
        return ""
    return str(getattr(address, "ipv4_mapped", None) or address)
