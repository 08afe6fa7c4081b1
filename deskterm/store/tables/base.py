"""What all tables share: names for every constraint, and the two column types we add."""

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import (
    CheckConstraint,
    Column,
    DateTime,
    Dialect,
    Index,
    String,
    Table,
    TypeDecorator,
    event,
    text,
)
from sqlmodel import AutoString, Field, SQLModel

SQLModel.metadata.naming_convention = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}

# Rows are not validated when they are made, so their validators need not be built either.
SQLModel.model_config["defer_build"] = True

metadata = SQLModel.metadata

Moment = datetime
"""An aware moment in UTC; its column is declared with `moment()`."""


class UtcDateTime(TypeDecorator[datetime]):
    """A moment that is aware on both sides; SQLite keeps it as UTC text without a zone."""

    impl = DateTime(timezone=True)
    cache_ok = True

    @property
    def python_type(self) -> type[datetime]:
        """A decorator of a type does not tell this by itself."""
        return datetime

    def process_bind_param(
        self,
        value: datetime | None,
        dialect: Dialect,  # noqa: ARG002
    ) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"a moment without a zone: {value}")
        return value.astimezone(UTC)

    def process_result_value(
        self,
        value: datetime | None,
        dialect: Dialect,  # noqa: ARG002
    ) -> datetime | None:
        if value is None or value.tzinfo is not None:
            return value
        return value.replace(tzinfo=UTC)


_TEXT, _MOMENT = String(), UtcDateTime()


@event.listens_for(Column, "before_parent_attach")
def _share_type(column: Column[Any], _table: Table) -> None:
    """Give columns of one type one object: each of its own makes a class of its own, in all desks
    of a server a megabyte each. SQLModel's text differs from plain text on MySQL alone."""
    if isinstance(column.type, AutoString) and column.type.length is None:
        column.type = _TEXT
    elif isinstance(column.type, UtcDateTime):
        column.type = _MOMENT


def moment() -> Any:
    """A column that holds a moment and must have one."""
    return Field(sa_type=UtcDateTime)


def moment_or_none() -> Any:
    """A column that holds a moment once something has happened."""
    return Field(default=None, sa_type=UtcDateTime)


def one_of(column: str, *values: str) -> CheckConstraint:
    """A CHECK that a column holds one of a few words, named after the column."""
    words = ", ".join(f"'{value}'" for value in values)
    return CheckConstraint(f"{column} IN ({words})", name=f"{column}_known")


def sortable() -> String:
    """Text that sorts by code point on every engine, so keyset pages agree with the index."""
    return String().with_variant(String(collation="C"), "postgresql")


def partial_index(name: str, *columns: str, where: str, unique: bool = True) -> Index:
    """An index over the rows of which a condition holds.

    PostgreSQL has it from the migrations too, but is not named here: SQLAlchemy would load all
    that it knows of that engine into desks on SQLite, two megabytes each.
    """
    return Index(name, *columns, unique=unique, sqlite_where=text(where))
