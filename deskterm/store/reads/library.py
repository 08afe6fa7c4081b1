"""The library itself: branches, desks, pick lists and what it chose."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import cached_property

from deskterm.store.light import Reader, text
from deskterm.store.reads.rows import rows, text_of, word
from deskterm.views.desk import BranchView, DeskView, WordView

_BRANCHES = text("SELECT code, name, institution_code FROM branch ORDER BY code")
_DESKS = text(
    """
    SELECT d.id, d.name, b.code, b.name AS branch_name, b.institution_code
    FROM desk d JOIN branch b ON b.code = d.branch_code
    ORDER BY b.code, d.name, d.id
    """
)
_WORDS = text("SELECT code, nl, en FROM word WHERE kind = :kind AND active ORDER BY position, code")
_CODES = text("SELECT kind, code FROM word WHERE active")
_SETTINGS = text("SELECT key, value FROM library_setting")
_SCHEMES = text("SELECT code, card_scheme FROM branch ORDER BY code")
_ANY_BRANCH = text("SELECT 1 FROM branch LIMIT 1")


def branches(connection: Reader) -> tuple[BranchView, ...]:
    """Read every branch, by number."""
    return tuple(
        BranchView(row["code"], text_of(row["name"]), row["institution_code"])
        for row in rows(connection, _BRANCHES, {})
    )


def desks(connection: Reader) -> tuple[DeskView, ...]:
    """Read every desk, by branch."""
    return tuple(
        DeskView(
            row["id"],
            text_of(row["name"]),
            BranchView(row["code"], text_of(row["branch_name"]), row["institution_code"]),
        )
        for row in rows(connection, _DESKS, {})
    )


def words(connection: Reader, kind: str) -> tuple[WordView, ...]:
    """Read a pick list in the reader's language, without the entries that are out of use."""
    return tuple(
        WordView(row["code"], word(row["nl"], row["en"]))
        for row in rows(connection, _WORDS, {"kind": kind})
    )


class Codes(Mapping[str, frozenset[str]]):
    """Which codes each pick list has, read when that is first asked: most edits choose nothing."""

    def __init__(self, connection: Reader) -> None:
        self._connection = connection

    @cached_property
    def _found(self) -> dict[str, frozenset[str]]:
        return codes(self._connection)

    def __getitem__(self, kind: str) -> frozenset[str]:
        return self._found[kind]

    def __iter__(self) -> Iterator[str]:
        return iter(self._found)

    def __len__(self) -> int:
        return len(self._found)


def codes(connection: Reader) -> dict[str, frozenset[str]]:
    """Read which codes each pick list has."""
    by_kind: defaultdict[str, set[str]] = defaultdict(set)
    for row in rows(connection, _CODES, {}):
        by_kind[row["kind"]].add(row["code"])
    return {kind: frozenset(found) for kind, found in by_kind.items()}


def settings(connection: Reader) -> dict[str, str]:
    """Read everything the library chose; what it left open is not there."""
    return {row["key"]: row["value"] for row in rows(connection, _SETTINGS, {})}


def card_schemes(connection: Reader) -> dict[str, str]:
    """Read by branch which shape of card number it gives out."""
    return {row["code"]: row["card_scheme"] for row in rows(connection, _SCHEMES, {})}


def is_empty(connection: Reader) -> bool:
    """Tell whether nothing was set up yet: there is no branch."""
    return connection.execute(_ANY_BRANCH).first() is None
