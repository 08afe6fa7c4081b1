"""Erase persons: what goes, what is emptied, and what stays as figures of nobody in particular.

The row of the customer stays with its actor-id, so that periods and the books still add up. Card
numbers stay too, replaced: a number that is given out twice would open the wrong person one day.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING

from sqlalchemy import delete, or_, select, update

from deskterm.services.desk import Desk
from deskterm.services.privacy.aging import empty_words
from deskterm.store import chain
from deskterm.store.bulk import defaults, new_row, table_of, write_rows

if TYPE_CHECKING:
    from sqlalchemy import Connection

KEPT_OF_PERSON = frozenset(
    {
        "actor_id", "version", "customer_type", "branch_code", "registered_on", "last_activity_on",
        "changed_at", "changed_by", "sex", "statistical_category", "loans_this_year",
        "loans_last_year", "loans_total", "merged_into_id", "erased_on",
    }
)  # fmt: skip
"""Columns of the customer that tell of the library's figures; every other one is emptied."""
REMOVED: Mapping[str, tuple[str, ...]] = {
    "account_job": ("customer_id",),
    "acknowledgement": ("customer_id",),
    "address": ("customer_id",),
    "customer_badge": ("customer_id",),
    "customer_label": ("customer_id",),
    "customer_profile": ("customer_id",),
    "customer_role": ("customer_id",),
    "hold": ("customer_id",),
    "loan": ("customer_id",),
    "login_account": ("customer_id",),
    "message": ("customer_id",),
    "notification_preference": ("customer_id",),
    "relation": ("customer_id", "other_id"),
}
"""Tables whose rows about a person go, by the columns that name the person."""
EMPTIED: Mapping[str, Mapping[str, object]] = {
    "block": {"note": ""},
    "card": {"status": "replaced"},
    "debit_line": {"iban": ""},
    "mail_job": {"recipient": "", "contents": "{}"},
    "print_job": {"source": "{}", "payload": None},
}
"""Tables whose rows stay without what is personal in them."""
KEPT: Mapping[str, str] = {
    "card_issue": "numbers that were handed out, for the books; the card itself names nobody now",
    "deed": "it names nobody; its rows go when it can no longer be taken back",
    "done_act": "it names nobody",
    "ledger_act": "the books; `aging.empty_words` takes their words",
    "ledger_entry": "the books; `aging.empty_words` takes their words",
    "letter": "a kind and a day; without an address it is not written",
    "membership_period": "how many members there were, and what they paid",
    "viewing": "who looked stays to be accounted for, as long as any viewing",
}
"""Tables that name a person and stay as they are, each with the reason."""


def with_merged(connection: "Connection", actor_ids: Sequence[int]) -> tuple[int, ...]:
    """The same people with everybody who was merged into them, however long ago."""
    customer = table_of("customer")
    found, newer = list(actor_ids), list(actor_ids)
    while newer:
        merged = select(customer.c.actor_id).where(customer.c.merged_into_id.in_(newer))
        newer = [one for one in connection.scalars(merged) if one not in set(found)]
        found += newer
    return tuple(found)


def erase(connection: "Connection", desk: Desk, actor_ids: Sequence[int], on: date) -> None:
    """Erase people and all who were merged into them, in the caller's transaction.

    Whether they may be erased is the caller's to know. It is logged, without personal data.
    """
    everybody = with_merged(connection, actor_ids)
    if not everybody:
        return
    if connection.dialect.name == "sqlite":
        # Else what was deleted stays in the file, in pages that wait to be used again.
        connection.exec_driver_sql("PRAGMA secure_delete = ON")
    _remove_own_accounts(connection, everybody)
    for name, columns in REMOVED.items():
        table = table_of(name)
        them = or_(*(table.c[one].in_(everybody) for one in columns))
        connection.execute(delete(table).where(them))
    for name, values in EMPTIED.items():
        table = table_of(name)
        connection.execute(update(table).where(table.c.customer_id.in_(everybody)).values(values))
    empty_words(connection, everybody)
    customer = table_of("customer")
    connection.execute(
        update(customer)
        .where(customer.c.actor_id.in_(everybody))
        .values(
            **emptied_person(),
            erased_on=on,
            version=customer.c.version + 1,
            changed_at=desk.clock.now(),
            changed_by=_who(desk),
        )
    )
    blank_log(connection, desk, everybody)


def emptied_person() -> dict[str, object]:
    """The columns of a customer that are emptied, with what they hold then."""
    usual = defaults("customer")
    names = [one.name for one in table_of("customer").columns if one.name not in KEPT_OF_PERSON]
    return {name: usual[name] for name in names}


def blank_log(connection: "Connection", desk: Desk, actor_ids: Sequence[int]) -> None:
    """Take the values out of the log lines of people who are erased, and seal what is left.

    The seal is in a line of its own, `chain.ERASURE`: `deskterm check` takes lines without values
    only where such a line vouches for them.
    """
    log = table_of("change_log")
    seals = {actor_id: chain.Seal() for actor_id in actor_ids}
    has_values = or_(log.c.old != "", log.c.new != "")
    blanked = (
        log.c.customer_id.in_(actor_ids), has_values, ~log.c.erased, log.c.action != chain.ERASURE
    )  # fmt: skip
    columns = [log.c[name] for name in (*chain.COLUMNS, "hash")]
    lines = connection.execute(select(*columns).where(*blanked).order_by(log.c.id))
    for *values, found in lines:
        seals[values[1]].take(values, found)
    connection.execute(update(log).where(*blanked).values(old="", new="", erased=True))
    moment, place = desk.clock.now(), desk.place
    rows = [
        new_row(
            "change_log",
            {
                "customer_id": actor_id,
                "at": moment,
                "day": desk.today,
                "staff_actor_id": _who(desk),
                "desk": place.name,
                "branch_code": place.branch.code,
                "action": chain.ERASURE,
                "field": "log",
                "new": seal.digest,
            },
        )
        for actor_id, seal in seals.items()
    ]
    write_rows(connection, {"change_log": rows})


def _remove_own_accounts(connection: "Connection", actor_ids: Sequence[int]) -> None:
    """Remove the accounts that this library keeps itself; those of a server are the customer's."""
    account, link = table_of("local_account"), table_of("login_account")
    theirs = select(link.c.ref).where(link.c.provider == "local", link.c.customer_id.in_(actor_ids))
    others = select(link.c.ref).where(
        link.c.provider == "local", link.c.customer_id.not_in(actor_ids)
    )
    connection.execute(
        delete(account).where(account.c.ref.in_(theirs), account.c.ref.not_in(others))
    )


def _who(desk: Desk) -> int | None:
    return (desk.staff.actor_id or None) if desk.staff else None
