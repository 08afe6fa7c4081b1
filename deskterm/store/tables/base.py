"""What all tables share: names for every constraint, and the two column types we add."""

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import CheckConstraint, DateTime, Dialect, String, TypeDecorator
from sqlmodel import Field, SQLModel

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
