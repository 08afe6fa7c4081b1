"""Save what staff changed on the tabs of a customer."""

from collections import defaultdict
from collections.abc import Callable, Mapping
from functools import partial
from typing import TYPE_CHECKING

from deskterm.rules.rights import Right
from deskterm.services import opening
from deskterm.services.desk import Desk
from deskterm.services.edit import addresses, choices, columns, notes, together
from deskterm.services.edit.draft import Draft, Facts
from deskterm.services.errors import FormFaults
from deskterm.services.logbook import Logbook
from deskterm.services.trouble import reading_rows, writing
from deskterm.services.versions import conflict, mark_changed, the_customer
from deskterm.store.light import beneath
from deskterm.store.reads import library
from deskterm.store.search import index_customer
from deskterm.store.search.keys import INDEXED_FIELDS
from deskterm.views.customer import CustomerView

if TYPE_CHECKING:
    from sqlmodel import Session

    from deskterm.store.tables import Address, Customer

_PARTS: Mapping[str, Callable[[Draft, Mapping[str, str]], None]] = {
    "message": notes.plan_messages,
    "block": notes.plan_blocks,
    "preference": choices.plan_preferences,
    "profile": choices.plan_profiles,
    "badge": choices.plan_badges,
    "label": partial(choices.plan_labels, kind="label"),
    "newsletter": partial(choices.plan_labels, kind="newsletter"),
}


def save(desk: Desk, actor_id: int, version: int, changes: Mapping[str, str]) -> CustomerView:
    """Save the fields that were changed, all or none, and give the customer as it now is.

    `version` is that of the view staff edited. Names in `changes` are columns of
    `views.customer.Person` and `address.<position>.<field>`, `message.<1-4>`, `block.<kind>`,
    `block.<kind>.note`, `preference.<kind>`, `profile.<type>.<code>`, `badge.<code>`,
    `label.<code>`, `newsletter.<code>`; values are texts as typed, flags `1` or empty. Fields that
    are as they were leave no trace.

    Raises:
        NotAllowed: the employee may not edit customers, or not this block.
        Conflict: another desk saved this customer since; it says what differs.
        FormFaults: every field that is wrong, each with its sentence.
        NotFound: the customer is gone.
        ValueError: a name that no form has; a screen made a mistake.
    """
    desk.require(Right.CUSTOMER_EDIT)
    with writing(desk) as session:
        customer = the_customer(session, actor_id)
        present = addresses.of(session, actor_id)
        draft = draft_of(desk, session, customer, present, changes)
        plan(draft, changes, present)
        if customer.version != version:
            raise conflict(draft, version)
        if draft.faults:
            raise FormFaults(tuple(draft.faults.items()))
        if draft.changes:
            write(draft, present)
    return opening.refresh(desk, actor_id)


def check(desk: Desk, actor_id: int, changes: Mapping[str, str]) -> None:
    """Say what is wrong with typed changes, before anything is asked about them; nothing is saved.

    Raises:
        NotAllowed, FormFaults, NotFound, ValueError: as `save`.
    """
    desk.require(Right.CUSTOMER_EDIT)
    with reading_rows(desk) as session:
        customer = the_customer(session, actor_id)
        present = addresses.of(session, actor_id)
        draft = draft_of(desk, session, customer, present, changes)
        plan(draft, changes, present)
    if draft.faults:
        raise FormFaults(tuple(draft.faults.items()))


def draft_of(
    desk: Desk,
    session: "Session",
    customer: "Customer",
    present: "list[Address]",
    typed: Mapping[str, str],
) -> Draft:
    """Begin an edit of a customer that is in a session, or is about to be."""
    reader = beneath(session.connection())
    country = present[0].country if present else "NL"
    facts = Facts(
        today=desk.today,
        country=typed.get("address.1.country", country),
        branches=frozenset(branch.code for branch in library.branches(reader)),
        words=library.Codes(reader),
        settings=library.settings(reader),
    )
    return Draft(desk, session, customer, facts, desk.clock.now())


def plan(draft: Draft, typed: Mapping[str, str], present: "list[Address]") -> None:
    """Have every part look at its own fields; none of them writes yet.

    Raises ValueError for a name that no form has.
    """
    person: dict[str, str] = {}
    parts: defaultdict[str, dict[str, str]] = defaultdict(dict)
    for name, text in typed.items():
        subject, point, rest = name.partition(".")
        if point and (subject in _PARTS or subject == "address"):
            parts[subject][rest] = text
        elif name in columns.COLUMNS:
            person[name] = text
        else:
            raise ValueError(f"no such field: {name}")
    columns.plan(draft, person)
    together.check(draft, person)
    addresses.plan(draft, parts["address"], present)
    for subject, plan in _PARTS.items():
        plan(draft, parts[subject])


def write(draft: Draft, present: "list[Address]") -> None:
    """Carry the changes of a draft out, each with its line in the log.

    `present` is what the customer had when the changes were planned.
    """
    logbook = Logbook(draft.desk, draft.session, draft.actor_id)
    for change in draft.changes:
        change.write()
        logbook.line("edit", change.name, change.old, change.new)
    mark_changed(draft.desk, draft.customer, logbook.at)
    names = {change.name for change in draft.changes}
    moved = any(name.startswith("address.") for name in names)
    if moved:
        draft.session.flush()
        present = addresses.of(draft.session, draft.actor_id)
    if moved or names & INDEXED_FIELDS:
        index_customer(draft.customer, present)
    draft.session.add(draft.customer)
