"""The library that lines are checked against, and what only the file knows of it."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy import Connection, text

from deskterm.services.edit.draft import Facts
from deskterm.store.bulk import new_row, write_rows
from deskterm.transfer.parsing import Library

_LONGEST_CODE = 20
_MONTHS = 12


@dataclass(frozen=True, slots=True)
class Missing:
    """Branches and membership types that a batch names and the library lacks."""

    branches: tuple[str, ...]
    memberships: tuple[str, ...]

    def __bool__(self) -> bool:
        return bool(self.branches or self.memberships)

    def added_to(self, library: Library) -> Library:
        """The library as it will be with them."""
        facts = replace(library.facts, branches=library.facts.branches | set(self.branches))
        memberships = {**library.memberships, **dict.fromkeys(self.memberships, _MONTHS)}
        return replace(library, facts=facts, memberships=memberships)

    def write(self, connection: Connection, institution_code: str) -> None:
        """Write them, called by their codes: the library gives them names later."""
        write_rows(
            connection,
            {
                "branch": [
                    new_row(
                        "branch", {"code": code, "name": code, "institution_code": institution_code}
                    )
                    for code in self.branches
                ],
                "membership_type": [
                    new_row("membership_type", {"code": code, "name": code})
                    for code in self.memberships
                ],
            },
        )


def read_library(connection: Connection, today: date) -> Library:
    """What the store has of the library itself."""
    words: defaultdict[str, set[str]] = defaultdict(set)
    for kind, code in connection.execute(text("SELECT kind, code FROM word")):
        words[kind].add(code)
    types = connection.execute(text("SELECT code, months FROM membership_type"))
    facts = Facts(
        today=today,
        country="NL",
        branches=frozenset(connection.scalars(text("SELECT code FROM branch"))),
        words={kind: frozenset(codes) for kind, codes in words.items()},
        settings={},
    )
    return Library(facts, {code: int(months) for code, months in types})


def missing_places(library: Library, lines: Sequence[Mapping[str, str]]) -> Missing:
    """What lines name that the library lacks, each once; a code of blanks or 21 letters is none."""

    def unknown(name: str, have: frozenset[str]) -> tuple[str, ...]:
        codes = {texts.get(name, "").strip() for texts in lines} - have
        return tuple(sorted(code for code in codes if _is_code(code)))

    return Missing(
        unknown("branch_code", library.facts.branches),
        unknown("membership", frozenset(library.memberships)),
    )


def _is_code(code: str) -> bool:
    return bool(code) and len(code) <= _LONGEST_CODE and code.isprintable()
