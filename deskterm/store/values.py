"""Values of plain SQL, the same from both engines: SQLite gives text where PostgreSQL has types."""

from datetime import UTC, date, datetime


def as_date(value: object) -> date | None:
    """A day out of a row; None for no day."""
    if value is None:
        return None
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    return date.fromisoformat(str(value))


def as_moment(value: object) -> datetime:
    """A moment out of a row, aware, in UTC."""
    moment = value if isinstance(value, datetime) else datetime.fromisoformat(str(value))
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)


def moment_text(moment: datetime) -> str:
    """A moment as SQLite keeps it, for bulk writers and comparisons in plain SQL."""
    return moment.astimezone(UTC).strftime("%Y-%m-%d %H:%M:%S.%f")
