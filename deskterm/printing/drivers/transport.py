"""What an ESC/POS driver needs of a cable: bytes out, bytes in, and never for ever."""

from typing import Protocol


class Transport(Protocol):
    """A way to one printer. Every verb ends within the limits it was made with."""

    def open(self) -> None:
        """Reach the printer. Raises NotSent with the reason when that fails."""

    def write(self, data: bytes) -> int:
        """Hand over the first bytes of `data`; how many went, at least one.

        Raises OSError (TimeoutError when the printer takes nothing for too long).
        """

    def read(self, timeout: float) -> bytes:
        """What has come, empty when nothing came within `timeout` seconds.

        Raises OSError when the printer has gone.
        """

    def settled(self) -> bool:
        """Whether nothing waits on our own side any more, as far as the system tells."""

    def close(self) -> None:
        """Let go; safe to call twice."""
