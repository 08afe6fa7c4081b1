"""Ties between customers: read in a second pass, when everybody in the file is in the store."""

from collections.abc import Iterable, Sequence

from sqlalchemy import Connection, TextClause, bindparam, text

from deskterm.rules.faults import N_, RuleFault
from deskterm.store.bulk import new_row, write_rows
from deskterm.store.engine import Store
from deskterm.transfer.columns import RELATIONS
from deskterm.transfer.known import Matcher
from deskterm.transfer.parsing import Library, Parsed, parse_ties
from deskterm.transfer.reading import Line
from deskterm.transfer.rejects import Rejects

_BATCH = 500
_HAVE = """
    SELECT customer_id, kind, other_id FROM relation WHERE customer_id IN :ids
"""
_EXISTING = "SELECT actor_id FROM customer WHERE actor_id IN :ids"

_Tie = tuple[int, str, int]


def relate(store: Store, lines: Iterable[Line], library: Library, rejects: Rejects) -> None:
    """Add the ties that lines name and the store lacks; ties to nobody are refused."""
    batch: list[Line] = []
    for line in lines:
        # A line with faults was refused in the first pass, and told there.
        if line.texts.get(RELATIONS.name, "").strip() and line.number not in rejects.numbers:
            batch.append(line)
        if len(batch) == _BATCH:
            _take(store, batch, library, rejects)
            batch = []
    _take(store, batch, library, rejects)


def _take(store: Store, batch: Sequence[Line], library: Library, rejects: Rejects) -> None:
    parsed = {line.number: parse_ties(line.number, line.texts, library) for line in batch}
    good = [line for line in batch if not parsed[line.number].faults]
    if not good:
        return
    with store.write_plain() as connection:
        wanted = _wanted(connection, good, parsed)
        others = [other for ties in wanted.values() for _own, _kind, other in ties]
        known = set(connection.scalars(_in(_EXISTING), {"ids": others}))
        ids = [own for ties in wanted.values() for own, _kind, _other in ties]
        have = {
            (int(own), str(kind), int(other))
            for own, kind, other in connection.execute(_in(_HAVE), {"ids": ids})
        }
        rows = []
        for line in good:
            for tie in wanted[line.number]:
                if tie[2] not in known:
                    nobody = RuleFault(N_("Klant {actor_id} bestaat niet."), actor_id=tie[2])
                    parsed[line.number].fault(RELATIONS.name, nobody)
                elif tie not in have:
                    have.add(tie)
                    rows.append(_row(tie))
            if parsed[line.number].faults:
                rejects.add(line.number, line.raw, parsed[line.number].faults)
        write_rows(connection, {"relation": rows})


def _wanted(
    connection: Connection, lines: Sequence[Line], parsed: dict[int, Parsed]
) -> dict[int, list[_Tie]]:
    """The ties each line names, by its number."""
    matcher = Matcher(connection, list(parsed.values()))
    wanted: dict[int, list[_Tie]] = {}
    for line in lines:
        ties = parsed[line.number].lists.get(RELATIONS.name, [])
        own = _matched(matcher, parsed[line.number])
        wanted[line.number] = [
            (own, str(tie["kind"]), int(str(tie["other_id"]))) for tie in ties if own is not None
        ]
    return wanted


def _matched(matcher: Matcher, line: Parsed) -> int | None:
    """Whose line it is; one that the first pass refused is nobody's."""
    try:
        return matcher.actor_id_of(line)
    except RuleFault:
        return None


def _row(tie: _Tie) -> dict[str, object]:
    row = new_row("relation", {"customer_id": tie[0], "kind": tie[1], "other_id": tie[2]})
    row.pop("id")
    return row


def _in(sql: str) -> TextClause:
    return text(sql).bindparams(bindparam("ids", expanding=True))
