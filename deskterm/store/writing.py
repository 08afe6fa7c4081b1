"""The session of a write transaction, which sees to the change log."""

from typing import TYPE_CHECKING, Any

from sqlalchemy import event
from sqlmodel import Session

from deskterm.store.chain import End, append, link_new_lines, waiting_lines
from deskterm.store.light import beneath

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy import Connection


class WriteSession(Session):
    """A session that writes the lines that wait for the change log before all else it holds."""

    def flush(self, objects: "Sequence[Any] | None" = None) -> None:
        """Write what is held; also lines alone, which SQLAlchemy knows nothing of."""
        lines = waiting_lines(self)
        if lines:
            connection = self.connection()
            _expect(connection, append(beneath(connection), lines))
            lines.clear()
        super().flush(objects)

    def rollback(self) -> None:
        """Undo what was written, and let go of the lines that told of it."""
        waiting_lines(self).clear()
        super().rollback()


# Once for the class: for each session anew it takes longer than a statement.
event.listen(WriteSession, "before_flush", link_new_lines)


@event.listens_for(WriteSession, "after_flush")
def _expect_lines(session: Session, *_flush: object) -> None:
    """Tell of lines that were added as rows."""
    from deskterm.store.tables import ChangeLogLine

    for row in session.new:
        if isinstance(row, ChangeLogLine) and row.id is not None:
            _expect(session.connection(), End(row.id, row.hash))


def _expect(connection: "Connection", line: End) -> None:
    """Tell a server's connection of a line that its transaction adds to the change log."""
    if connection.dialect.name == "sqlite":
        return
    from deskterm.store.certain import CertainConnection

    driver = connection.connection.driver_connection
    if isinstance(driver, CertainConnection):
        driver.line = (line.id, line.hash)
