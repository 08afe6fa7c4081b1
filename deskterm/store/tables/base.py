"""What all tables share: names for every constraint, and the two column types we add."""

from datetime import datetime

from sqlalchemy import CheckConstraint, String
from sqlmodel import SQLModel

SQLModel.metadata.naming_convention = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}

metadata = SQLModel.metadata

Moment = datetime
"""An aware moment in UTC."""


def one_of(column: str, *values: str) -> CheckConstraint:
    """A CHECK that a column holds one of a few words, named after the column."""
    words = ", ".join(f"'{value}'" for value in values)
    return CheckConstraint(f"{column} IN ({words})", name=f"{column}_known")


def sortable() -> String:
    """Text that sorts by code point on every engine, so keyset pages agree with the index."""
    return String().with_variant(String(collation="C"), "postgresql")
