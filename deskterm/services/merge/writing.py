"""Merge two records, in one transaction that can be taken back."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from deskterm.rules.rights import Right
from deskterm.services import opening
from deskterm.services.deeds.recording import Recording, known_deed, recorded
from deskterm.services.desk import Desk
from deskterm.services.edit import addresses
from deskterm.services.edit.draft import as_text
from deskterm.services.errors import DeskError
from deskterm.services.logbook import Logbook
from deskterm.services.merge.comparing import Two, comparison_of, read_two
from deskterm.services.merge.fields import ADDED_UP, ADDRESS, columns_of
from deskterm.services.merge.moving import move_all
from deskterm.services.merge.uniting import (
    Uniting,
    settle_account,
    settle_main_card,
    turn_pointers,
    unite_addresses,
    unite_blocks,
    unite_messages,
    unite_relations,
)
from deskterm.services.trouble import writing
from deskterm.services.versions import mark_changed, require_version, the_customer
from deskterm.store.search import index_customer
from deskterm.text import _
from deskterm.views.merging import Comparison, Merged

if TYPE_CHECKING:
    from sqlmodel import Session

    from deskterm.store.tables import Deed

SIDES = frozenset({"keeper", "loser"})


def merge(
    desk: Desk,
    keeper_id: int,
    loser_id: int,
    versions: tuple[int, int],
    key: str,
    chosen: Mapping[str, str],
    decisions: Mapping[str, str],
    *,
    sure: bool = False,
) -> Merged:
    """Merge the loser into the keeper; the same key again gives the first answer.

    `versions` are those that `compare` showed, of keeper and loser. `chosen` says per field of
    `compare` whose value stays, `keeper` or `loser`; a field that is not named stays the keeper's.
    `decisions` answers every `Decision` the same way.

    Raises:
        DeskError: as `compare`; a decision is missing; or there are warnings and nobody is `sure`.
        Conflict: one of the two was saved since.
        NotAllowed, NotFound: as `compare`.
        ValueError: no key, or a field or an answer that `compare` does not offer; a screen made a
            mistake.
    """
    desk.require(Right.CUSTOMER_MERGE)
    with writing(desk) as session:
        told: tuple[str, ...] = ()
        deed = _done_before(session, key, keeper_id, loser_id)
        repeated = deed is not None
        if deed is None:
            two = read_two(session.connection(), desk, keeper_id, loser_id)
            for actor_id, version in zip((keeper_id, loser_id), versions, strict=True):
                require_version(session, the_customer(session, actor_id), version)
            comparison = comparison_of(two, desk.today)
            _require_answers(comparison, chosen, decisions, sure=sure)
            until = comparison.until_on
            with recorded(
                desk, session, "merge", key, until=until, customer_id=keeper_id, other_id=loser_id
            ) as recording:
                told = _unite(desk, recording, two, chosen, decisions)
            deed = known_deed(session, key)
            assert deed is not None
    return Merged(
        customer=opening.refresh(desk, keeper_id),
        loser_id=loser_id,
        deed_id=deed.id or 0,
        until_on=deed.until_on,
        told=told,
        repeated=repeated,
    )


def _done_before(session: "Session", key: str, keeper_id: int, loser_id: int) -> "Deed | None":
    """The merge that was done with a key; ValueError when the key stands for something else."""
    if not key:
        raise ValueError("a merge needs a key")
    deed = known_deed(session, key)
    if deed is not None and (deed.kind, deed.customer_id, deed.other_id) != (
        "merge",
        keeper_id,
        loser_id,
    ):
        raise ValueError(f"key {key!r} stands for another deed")
    return deed


def _require_answers(
    comparison: Comparison, chosen: Mapping[str, str], decisions: Mapping[str, str], *, sure: bool
) -> None:
    offered = {pair.name for pair in comparison.fields if pair.choosable}
    asked = {decision.name: decision for decision in comparison.decisions}
    unknown = (set(chosen) - offered) | (set(decisions) - set(asked))
    if unknown or not SIDES.issuperset((*chosen.values(), *decisions.values())):
        raise ValueError(f"no such choice: {sorted(unknown)}")
    for name, decision in asked.items():
        if name not in decisions:
            raise DeskError(decision.question, _("Kies eerst wat er blijft."))
    if comparison.warnings and not sure:
        raise DeskError(" ".join(comparison.warnings), _("Bevestig dat het dezelfde klant is."))


def _unite(
    desk: Desk,
    recording: Recording,
    two: Two,
    chosen: Mapping[str, str],
    decisions: Mapping[str, str],
) -> tuple[str, ...]:
    """Carry the merge out; the answer is what staff have to see to."""
    from deskterm.store.tables import Customer

    session, keeper_id, loser_id = recording.session, two.keeper.actor_id, two.loser.actor_id
    log = Logbook(desk, session, keeper_id)
    log.line("merge", "actor_id", str(loser_id), str(keeper_id))
    loser_log = Logbook(desk, session, loser_id)
    loser_log.line("merge", "actor_id", str(loser_id), str(keeper_id))
    one = Uniting(recording, two.keeper, two.loser, log, desk.today)
    turn_pointers(one)
    settle_main_card(one, decisions.get("main_card", "keeper"))
    settle_account(one, decisions.get("account", "keeper"))
    told = (*unite_messages(one), *unite_blocks(one))
    unite_addresses(one, chosen.get(ADDRESS, "keeper"))
    unite_relations(one)
    move_all(recording, keeper_id, loser_id)
    session.expire_all()
    _write_person(one, [name for name, side in chosen.items() if side == "loser"])
    for actor_id, logbook in ((keeper_id, log), (loser_id, loser_log)):
        index(session, actor_id)
        customer = session.get_one(Customer, actor_id)
        mark_changed(desk, customer, logbook.at)
        session.add(customer)
    return told


def index(session: "Session", actor_id: int) -> None:
    """Bring the search columns of a customer up to date."""
    from deskterm.store.tables import Customer

    index_customer(session.get_one(Customer, actor_id), addresses.of(session, actor_id))
    session.flush()


def _write_person(one: Uniting, taken: list[str]) -> None:
    """Take over the columns that staff chose; counters are added up, the first day counts."""
    from deskterm.store.tables import Customer

    keeper = one.session.get_one(Customer, one.keeper_id)
    loser = one.session.get_one(Customer, one.loser_id)
    for name in (column for field in taken if field != ADDRESS for column in columns_of(field)):
        old, new = getattr(keeper, name), getattr(loser, name)
        if old != new:
            one.log.line("merge", name, as_text(old), as_text(new))
            setattr(keeper, name, new)
    for name in ADDED_UP:
        setattr(keeper, name, getattr(keeper, name) + getattr(loser, name))
    keeper.registered_on = min(keeper.registered_on, loser.registered_on)
    days = [day for day in (keeper.last_activity_on, loser.last_activity_on) if day]
    keeper.last_activity_on = max(days, default=None)
    one.session.add(keeper)
