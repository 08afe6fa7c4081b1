"""Three customers behind one door, and what tests of a series ask about them."""

import json
from collections.abc import Mapping
from datetime import date
from typing import Any

from sqlalchemy import select

from deskterm.services import series
from deskterm.store.tables import Block, Customer, metadata
from deskterm.views.series import Wanted
from tests.services.library import TODAY, Library

ONE, TWO, THREE = 413700, 413701, 413702
FIELDS = {field.code: field for field in series.OF_SELECTION}


def family_in(library: Library) -> Library:
    """Three customers behind one door, of whom the first has a telephone and a block."""
    library.customer(ONE, phone="0592-271234", iban="NL91ABNA0417164300", email="t@voorbeeld.nl")
    library.customer(TWO, surname="Testabo", initials="B.", born=date(2010, 1, 1))
    library.customer(THREE, surname="Jansen", initials="C.", born=None)
    library.card()
    library.add(Block(customer_id=ONE, kind="public", since=TODAY, note="Pas kwijt"))
    return library


def wanted(library: Library, changes: Mapping[str, str], *actor_ids: int) -> list[Wanted]:
    """What is to change of these customers, as they are now."""
    with library.store.write() as session:
        return [Wanted(one, session.get_one(Customer, one).version, changes) for one in actor_ids]


def rows_of(library: Library) -> dict[str, list[str]]:
    """Every row that a series may touch, but for the columns that tell of the last save."""
    found = {}
    with library.store.read() as connection:
        for name in ("customer", "address", "block"):
            rows: list[dict[str, Any]] = [
                dict(row) for row in connection.execute(select(metadata.tables[name])).mappings()
            ]
            for row in rows:
                for passing in ("version", "changed_at", "changed_by"):
                    row.pop(passing, None)
            found[name] = sorted(json.dumps(row, default=str) for row in rows)
    return found
