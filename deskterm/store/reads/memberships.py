"""Membership periods with the limits of their type."""

from dataclasses import dataclass

from deskterm.rules.names import display_name
from deskterm.rules.terms import OLDEST
from deskterm.store.light import Reader, text
from deskterm.store.reads.rows import as_day, rows, text_of, word
from deskterm.views.customer import PeriodView

_PERIODS = text(
    """
    SELECT p.id, b.institution_code, p.branch_code, p.begin_on, p.end_on, p.membership_code,
           t.name, p.status, p.end_reason, w.nl, w.en, p.price_cents, p.sector,
           p.ending_reason, e.nl AS ending_nl, e.en AS ending_en, t.max_items, t.max_open_cents,
           t.to_age, t.next_code, t.renews
    FROM membership_period p
    JOIN branch b ON b.code = p.branch_code
    JOIN membership_type t ON t.code = p.membership_code
    LEFT JOIN word w ON w.kind = 'end_reason' AND w.code = p.end_reason
    LEFT JOIN word e ON e.kind = 'end_reason' AND e.code = p.ending_reason
    WHERE p.customer_id = :actor_id
    ORDER BY p.begin_on DESC, p.id DESC
    """
)
_PAYS_FOR = text(
    """
    SELECT c.initials, c.first_name, c.prefix, c.surname
    FROM relation r JOIN customer c ON c.actor_id = r.customer_id
    WHERE r.other_id = :actor_id AND r.kind = 'payer' ORDER BY c.sort_key, c.actor_id
    """
)


@dataclass(frozen=True, slots=True)
class PeriodRow:
    """A period as shown, and the limits its membership type sets; None is no limit."""

    view: PeriodView
    max_items: int | None
    max_open_cents: int | None
    to_age: int = OLDEST
    next_code: str = ""
    """What it turns into for who has become older than `to_age`; empty keeps it."""
    renews: bool = True


def periods(connection: Reader, actor_id: int) -> tuple[PeriodRow, ...]:
    """Read every period of a customer, newest first."""
    found = []
    for row in rows(connection, _PERIODS, {"actor_id": actor_id}):
        view = PeriodView(
            id=row["id"],
            institution_code=text_of(row["institution_code"]),
            branch_code=text_of(row["branch_code"]),
            begin_on=as_day(row["begin_on"]),
            end_on=as_day(row["end_on"]),
            membership_code=text_of(row["membership_code"]),
            membership_name=text_of(row["name"]),
            status=row["status"],
            end_reason=word(row["nl"] or row["end_reason"], row["en"]),
            price_cents=row["price_cents"],
            sector=text_of(row["sector"]),
            ending_reason=word(row["ending_nl"] or row["ending_reason"], row["ending_en"]),
        )
        found.append(
            PeriodRow(
                view,
                row["max_items"],
                row["max_open_cents"],
                row["to_age"],
                row["next_code"],
                bool(row["renews"]),
            )
        )
    return tuple(found)


def pays_for(connection: Reader, actor_id: int) -> tuple[str, ...]:
    """Read the names of those whose costs a customer pays."""
    return tuple(
        display_name(
            text_of(row["surname"]),
            prefix=text_of(row["prefix"]),
            initials=text_of(row["initials"]),
            first=text_of(row["first_name"]),
        )
        for row in rows(connection, _PAYS_FOR, {"actor_id": actor_id})
    )
