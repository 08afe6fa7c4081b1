"""Ports of this machine for servers that tests start."""

import secrets
import socket
from contextlib import suppress

_OURS = range(20_000, 32_000)
"""Below those that systems hand out to whoever connects or listens anywhere."""


def free_port() -> int:
    """A port of 127.0.0.1 that nobody listens at, and that the system gives to nobody else."""
    while True:
        port = secrets.choice(_OURS)
        with socket.socket() as probe, suppress(OSError):
            probe.bind(("127.0.0.1", port))
            return port
