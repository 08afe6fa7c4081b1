"""What happens to each line of a batch: added, changed, left alone or refused."""

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import count

from sqlalchemy import Connection, text

from deskterm.rules.faults import N_, RuleFault
from deskterm.transfer import fresh
from deskterm.transfer.changes import Changes
from deskterm.transfer.existing import Update
from deskterm.transfer.known import Known, Matcher, load
from deskterm.transfer.options import ImportOptions
from deskterm.transfer.parsing import Library, Parsed

_GONE = N_("De klant met actor-id {number} is verwijderd of ontdubbeld.")


def decide(
    connection: Connection,
    lines: Sequence[Parsed],
    library: Library,
    options: ImportOptions,
    changes: Changes,
) -> Counter[str]:
    """Collect the changes that the lines ask for, and count them by what was done.

    Faults are noted in the lines themselves; nothing of a line with faults is collected.
    """
    counts: Counter[str] = Counter()
    matched = _matched(connection, lines)
    known = load(connection, [actor_id for actor_id in matched.values() if actor_id])
    numbers = _free_actor_ids(connection, lines)
    for line in lines:
        if line.faults:
            continue
        actor_id = matched[line.number]
        if actor_id is None:
            done = _add(line, library, options, changes, numbers)
        elif _is_gone(known[actor_id]):
            done = "unchanged"
            line.fault("actor_id", RuleFault(_GONE, number=actor_id))
        else:
            done = _update(line, known[actor_id], library, options, changes)
        if not line.faults:
            counts[done] += 1
            counts["odd_cards"] += line.odd_card
    return counts


def _is_gone(known: Known) -> bool:
    """Tell whether this is a record that nobody is to be written into any more."""
    person = known.person
    return person["merged_into_id"] is not None or person["erased_on"] is not None


def _matched(connection: Connection, lines: Sequence[Parsed]) -> dict[int, int | None]:
    """The customer each line means, by the number of the line."""
    matcher = Matcher(connection, lines)
    found: dict[int, int | None] = {}
    for line in lines:
        try:
            found[line.number] = matcher.actor_id_of(line)
        except RuleFault as fault:
            line.fault("card_number", fault)
    return found


def _add(
    line: Parsed,
    library: Library,
    options: ImportOptions,
    changes: Changes,
    numbers: Iterator[int],
) -> str:
    if not options.add_new:
        return "skipped"
    fresh.check(line, library)
    if not line.faults:
        fresh.add(changes, line, line.actor_id or next(numbers))
    return "added"


def _update(
    line: Parsed, known: Known, library: Library, options: ImportOptions, changes: Changes
) -> str:
    if not options.update_known:
        return "skipped"
    try:
        changed = Update(changes, known, library, options.keep).apply(line)
    except RuleFault as fault:
        line.fault("card_number", fault)
        return "unchanged"
    return "changed" if changed else "unchanged"


def _free_actor_ids(connection: Connection, lines: Sequence[Parsed]) -> Iterator[int]:
    """Actor-ids that nobody has, nor will have by this batch."""
    highest = [
        int(connection.scalar(text(f"SELECT coalesce(max(actor_id), 0) FROM {table}")) or 0)
        for table in ("customer", "staff")
    ]
    given = [line.actor_id for line in lines if line.actor_id]
    return count(max(highest + given) + 1)
