"""Commits on a server whose line breaks: what came of one is looked up before anybody is told.

A server that falls away during COMMIT has done it or not. Every change leaves a line in the change
log with a hash that no other line has: when the server is back, that line is there or it is not.
The number of the transaction would not do: after a crash the next one may get the same.
"""

import time
from collections.abc import Callable
from typing import Any

import psycopg

from deskterm.store.errors import Unsure

PATIENCE_SECONDS = 10.0
"""How long a server that fell away during a commit is waited for."""
_PAUSE_SECONDS = 0.2
_LINE = "SELECT 1 FROM change_log WHERE id = %s AND hash = %s"


class CertainConnection(psycopg.Connection[Any]):
    """A connection that knows what its write transaction will leave in the change log."""

    turn: str | None = None
    """The statement that waits for the turn to write; None in a transaction that reads."""
    line: tuple[int, str] | None = None
    """Id and hash of a line that this transaction adds."""
    reconnect: Callable[[], "psycopg.Connection[Any]"]
    """Makes another connection to the same database."""

    def commit(self) -> None:
        """Commit; when it returns, it is done.

        Raises:
            psycopg.Error: nothing of the transaction was written.
            Unsure: nobody can tell now whether it was.
        """
        turn, line, was_open = self.turn, self.line, not self.closed
        self._forget()
        try:
            super().commit()
        except psycopg.OperationalError as error:
            # A server that lives and refuses has said so; one that is gone may have done it.
            if turn is None or not was_open or not self.closed:
                raise
            found = None if line is None else self._look_for(turn, line)
            if found is None:
                raise Unsure(str(error)) from error
            if not found:
                raise

    def rollback(self) -> None:
        """Roll back; on a line that broke the server has done it already."""
        self._forget()
        if not self.closed:
            super().rollback()

    def _forget(self) -> None:
        self.turn = self.line = None

    def _look_for(self, turn: str, line: tuple[int, str]) -> bool | None:
        """Whether a line came into the change log; None when the server does not come back.

        With the turn to write in hand: the server may still be busy with what was committed.
        """
        until = time.monotonic() + PATIENCE_SECONDS
        while True:
            try:
                with self.reconnect() as other:
                    other.execute(turn.encode())
                    return other.execute(_LINE, line).fetchone() is not None
            except psycopg.Error:
                if time.monotonic() >= until:
                    return None
            time.sleep(_PAUSE_SECONDS)
