"""Two records side by side, and what merging them would do."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from deskterm.rules.rights import Right
from deskterm.services.desk import Desk
from deskterm.services.errors import DeskError, Merged, NoCustomer
from deskterm.services.merge.fields import pairs_of
from deskterm.services.merge.messages import no_room
from deskterm.services.trouble import reading
from deskterm.services.viewing import found_customer, known
from deskterm.store.reads.merging import Standing, standings
from deskterm.text import _
from deskterm.views.customer import CardView, CustomerView, PeriodView
from deskterm.views.merging import Comparison, Decision, Head, Moving

if TYPE_CHECKING:
    from deskterm.store.light import Reader

DAYS = 30
"""So long Herstel can take a merge apart."""


@dataclass(frozen=True, slots=True)
class Two:
    """Two records that may be merged, as they were read."""

    keeper: CustomerView
    loser: CustomerView
    standing: Standing
    """The loser's."""
    collections: int
    """Lines of direct debit of either that the bank has not answered."""


def compare(desk: Desk, keeper_id: int, loser_id: int) -> Comparison:
    """Lay two records side by side; swapping them is asking the other way round.

    Raises:
        NotAllowed: the employee may not merge customers.
        NotFound: one of them is gone.
        DeskError: it is one and the same, one was merged or erased already, or an account is
            being made for one of them.
    """
    desk.require(Right.CUSTOMER_MERGE)
    with reading(desk) as connection:
        return comparison_of(read_two(connection, desk, keeper_id, loser_id), desk.today)


def read_two(connection: "Reader", desk: Desk, keeper_id: int, loser_id: int) -> Two:
    """Read both records; raises as `compare`."""
    if keeper_id == loser_id:
        raise DeskError(
            _("Een klant kan niet met zichzelf ontdubbeld worden."), _("Kies een andere klant.")
        )
    found = standings(connection, (keeper_id, loser_id))
    for actor_id in (keeper_id, loser_id):
        _require_free(actor_id, found.get(actor_id))
    return Two(
        known(connection, keeper_id, desk.clock).view,
        known(connection, loser_id, desk.clock).view,
        found[loser_id],
        sum(one.collections for one in found.values()),
    )


def comparison_of(two: Two, today: date) -> Comparison:
    """Say what merging two records would do."""
    return Comparison(
        keeper=_head(two.keeper),
        loser=_head(two.loser),
        fields=pairs_of(two.keeper, two.loser, today),
        moves=tuple(one for one in _moves(two) if one.count),
        decisions=tuple(_decisions(two.keeper, two.loser)),
        warnings=tuple(_warnings(two)),
        notes=tuple(_notes(two.keeper, two.loser)),
        until_on=today + timedelta(days=DAYS),
    )


def living_main(cards: Sequence[CardView]) -> CardView | None:
    """The hoofdpas that was not replaced."""
    return next((one for one in cards if one.kind == "main" and one.status != "replaced"), None)


def _require_free(actor_id: int, standing: Standing | None) -> None:
    if standing is None:
        raise NoCustomer(actor_id)
    if standing.merged_into is not None:
        raise Merged(actor_id, standing.merged_into)
    if standing.erased:
        raise DeskError(
            _("De gegevens van actor-id {number} zijn verwijderd.").format(number=actor_id),
            _("Wie verwijderd is, kan niet ontdubbeld worden."),
        )
    if standing.jobs:
        raise DeskError(
            _("Voor actor-id {number} wordt nog een inlogaccount gemaakt.").format(number=actor_id),
            _("Wacht tot het gemaakt is, of blaas het af met Vergeet inlogaccount."),
        )


def _head(view: CustomerView) -> Head:
    row = found_customer(view)
    return Head(
        actor_id=view.actor_id,
        version=view.version,
        name=row.name,
        born=row.born,
        card_number=row.card_number,
        membership_name=row.membership_name,
        valid=row.valid,
    )


def _moves(two: Two) -> Iterator[Moving]:
    loser = two.loser
    chosen = [*loser.labels, *loser.newsletters, *loser.profiles, *loser.badges]
    credit = loser.block.credit_cents
    yield Moving(_("Passen"), len(loser.cards))
    yield Moving(_("Abonnementen"), len(loser.periods))
    yield Moving(_("Boekingen"), two.standing.entries)
    open_cents = sum(charge.open_cents for charge in loser.charges)
    yield Moving(_("Openstaande kosten"), len(loser.charges), open_cents)
    yield Moving(_("Tegoed"), int(credit != 0), -credit)
    yield Moving(_("In bezit"), len(loser.loans))
    yield Moving(_("Eerder geleend"), two.standing.returned)
    yield Moving(_("Reserveringen"), len(loser.holds))
    yield Moving(_("Meldingen"), sum(map(bool, loser.messages)))
    yield Moving(_("Blokkades"), len(loser.blocks))
    yield Moving(_("Rollen"), len(loser.roles))
    yield Moving(_("Labels, profielen en badges"), sum(one.chosen for one in chosen))
    yield Moving(_("Adressen"), len(loser.addresses))
    yield Moving(_("Relaties"), len(loser.relations))
    yield Moving(_("Inlogaccount"), int(bool(loser.account.provider)))
    yield Moving(_("Regels in het logboek"), two.standing.lines)


def _decisions(keeper: CustomerView, loser: CustomerView) -> Iterator[Decision]:
    if keeper.account.provider and loser.account.provider:
        yield Decision(
            "account",
            _("Allebei hebben ze een inlogaccount: welk blijft?"),
            keeper.account.username,
            loser.account.username,
        )
    mine, theirs = living_main(keeper.cards), living_main(loser.cards)
    if mine is not None and theirs is not None:
        yield Decision(
            "main_card",
            _("Allebei hebben ze een hoofdpas: welke blijft dat? De andere wordt volgpas."),
            mine.number,
            theirs.number,
        )


def _warnings(two: Two) -> Iterator[str]:
    mine, theirs = two.keeper.person, two.loser.person
    if mine.sex != theirs.sex and "X" not in (mine.sex, theirs.sex):
        yield _("Het geslacht verschilt: is dit wel dezelfde klant?")
    if mine.born and theirs.born and mine.born != theirs.born:
        yield _("De geboortedatum verschilt: is dit wel dezelfde klant?")
    if two.collections:
        yield _("Er loopt een incasso: het antwoord van de bank wordt bij de blijver geboekt.")
    if _runs(two.keeper) and _runs(two.loser):
        yield _("Allebei hebben ze een lopend abonnement: beide blijven staan.")


def _notes(keeper: CustomerView, loser: CustomerView) -> Iterator[str]:
    for text in no_room(keeper.messages, loser.messages):
        yield _("Geen plaats voor melding: {text}").format(text=text)
    mine, theirs = ({block.kind for block in view.blocks} for view in (keeper, loser))
    if mine & theirs:
        yield _("Dezelfde blokkade staat er daarna één keer, met beide toelichtingen.")


def _runs(view: CustomerView) -> bool:
    """Whether a membership counts now: that of the block does, when any does."""
    period: PeriodView | None = view.periods[0] if view.periods else None
    return period is not None and view.block.valid
