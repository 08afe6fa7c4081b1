"""Codes in the change log, and the word list or table that says what each is called."""

from collections.abc import Collection, Iterable, Mapping

from deskterm.store.reads.names import WORD_LISTS
from deskterm.views.customer import LogLine

_LISTS: Mapping[str, str] = {
    **WORD_LISTS,
    "branch_code": "branch",
    "country": "country",
    "role": "role",
    "waive_asked_by": "staff",
    "waive_allowed_by": "staff",
    "waive_reason": "waive_reason",
}
"""The list of each field that holds a code; of an address by the last part of its name."""
_WITH_REASON = frozenset({"membership", "membership_status"})
"""Fields of which a line tells the day or the status, and may tell the reason behind it."""
REASONS = "end_reason"


def list_of(field: str) -> str:
    """The list that names what a field holds; empty when it holds no code."""
    return _LISTS.get(field.rpartition(".")[2], "")


def codes_in(log: Iterable[LogLine]) -> Collection[tuple[str, str]]:
    """Give every code that the lines hold, each with its list."""
    found: set[tuple[str, str]] = set()
    for line in log:
        for text in (line.old, line.new):
            if kind := list_of(line.field):
                found.add((kind, text))
            elif line.field in _WITH_REASON:
                found.add((REASONS, text.partition(" ")[2]))
    return {one for one in found if one[1]}
