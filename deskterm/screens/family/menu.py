"""F8 in Gezin: open somebody, add, change and take away relations, enrol a new member."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING

from deskterm import services
from deskterm.rules.rights import Right
from deskterm.screens import flows, overviews
from deskterm.screens.asks import Choice, Choose, Confirm
from deskterm.screens.family.asking import AskWhom
from deskterm.services.errors import Conflict, NotFound
from deskterm.text import N_, _, date_text
from deskterm.views.family import FamilyMember, FamilyView, Tie
from deskterm.views.lists import FoundCustomer

if TYPE_CHECKING:
    from deskterm.app import DesktermApp
    from deskterm.screens.customer_place import CustomerPlace

HELP = "family"
SENTENCES: Sequence[tuple[Tie, str]] = (
    ("parent", N_("{other} is ouder of verzorger van {self}")),
    ("child", N_("{other} is kind van {self}")),
    ("partner", N_("{other} is partner van {self}")),
    ("payer", N_("{other} betaalt voor {self}")),
    ("pays_for", N_("{self} betaalt voor {other}")),
    ("institution", N_("{self} hoort bij instelling {other}")),
    ("member", N_("{other} hoort bij deze instelling")),
)
"""What a relation says, in the order in which desks need them."""


def chosen(place: "CustomerPlace") -> FamilyMember | None:
    """Who the cursor is on."""
    session = place.session
    if session is None or session.family is None:
        return None
    _kind, _colon, number = (place.body.cursor_key or "").partition(":")
    return session.family.member(int(number)) if number else None


async def open_chosen(place: "CustomerPlace") -> None:
    """Enter: to the customer of the row; on the open customer's own row back to the tab."""
    member = chosen(place)
    if member is None or place.session is None:
        return
    if member.actor_id == place.session.actor_id:
        await place.act_edit_cancel()
    else:
        await flows.open_customer(place.desk_app, member.actor_id)


async def open_menu(place: "CustomerPlace") -> None:
    """Offer what can be done with the row of the cursor, and carry it out."""
    member, session, app = chosen(place), place.session, place.desk_app
    if member is None or session is None or session.family is None:
        return
    view = session.family
    picked = await app.ask(_helped(Choose(member.name, (), _choices(app, view, member))))
    if picked == "open":
        await open_chosen(place)
    elif picked == "new":
        await app.main.perform("customer.add_relative")
    elif picked == "add":
        await _add(place, view, member.actor_id, member.display_name, member.ties)
    elif picked == "payer":
        await _relate(place, view, member.actor_id, "payer")
    elif picked == "else":
        await _add_somebody(place, view)
    elif picked == "change":
        await _change(place, view, member)
    elif picked == "remove":
        await _remove(place, view, member)


def _choices(app: "DesktermApp", view: FamilyView, member: FamilyMember) -> list[Choice]:
    """What can be done with a row; who may not change customers can only look."""
    staff = app.desk.staff
    barred = ""
    if staff is None or Right.CUSTOMER_EDIT not in staff.rights:
        barred = _("Hiervoor heeft u geen recht.")
    else_ = Choice("else", _("Relatie met iemand anders"), "I", barred)
    new = Choice("new", _("Nieuw gezinslid inschrijven"), "N", app.main.why_not(
        "customer.add_relative"))  # fmt: skip
    if member.actor_id == view.actor_id:
        return [else_, new]
    none = barred or ("" if member.ties else _("er is geen relatie"))
    paid = _("is de betaler al") if "payer" in member.ties else ""
    payer = _("Betaler van {name}").format(name=view.display_name)
    return [
        Choice("open", _("Open deze klant"), "O", note="Enter"),
        Choice("add", _("Relatie toevoegen"), "T", barred),
        Choice("payer", payer, "B", barred or paid),
        Choice("change", _("Relatie wijzigen"), "W", none),
        Choice("remove", _("Relatie verwijderen"), "V", none),
        else_,
        new,
    ]


async def _add_somebody(place: "CustomerPlace", view: FamilyView) -> None:
    """A relation with who does not stand in the list: by number or name."""
    other = await _somebody(place.desk_app, view.actor_id)
    if other is not None:
        known = view.member(other.actor_id)
        await _add(place, view, other.actor_id, other.name, known.ties if known else ())


async def _somebody(app: "DesktermApp", actor_id: int) -> FoundCustomer | None:
    """Ask for a number or a name until somebody else is meant; None is Esc."""
    typed = refusal = ""
    while True:
        answer = await app.ask(AskWhom(_("Relatie met iemand anders"), typed, refusal))
        if answer is None:
            return None
        typed = answer["whom"]
        try:
            found = await app.work.call(partial(services.families.whom, app.desk, typed))
        except NotFound as nobody:
            refusal = nobody.sentence
            continue
        others = {str(one.actor_id): one for one in found if one.actor_id != actor_id}
        if not others:
            refusal = _("Dat is deze klant zelf.")
            continue
        refusal = ""
        choices = [
            Choice(number, f"{one.name}  {date_text(one.born)}", note=one.address)
            for number, one in others.items()
        ]
        picked = await app.ask(_helped(Choose(_("Met wie?"), (), choices)))
        if picked is not None:
            return others[picked]


async def _add(
    place: "CustomerPlace", view: FamilyView, other_id: int, name: str, ties: tuple[Tie, ...]
) -> None:
    tie = await _which(place, _("Relatie toevoegen"), view.display_name, name, without=ties)
    if tie is not None:
        await _relate(place, view, other_id, tie)


async def _change(place: "CustomerPlace", view: FamilyView, member: FamilyMember) -> None:
    """The old relation goes and another comes, at once or not at all."""
    heading = _("Relatie wijzigen")
    old = await _which(place, heading, view.display_name, member.display_name, only=member.ties)
    if old is None:
        return
    tie = await _which(place, heading, view.display_name, member.display_name, without=member.ties)
    if tie is not None:
        await _relate(place, view, member.actor_id, tie, instead_of=old)


async def _remove(place: "CustomerPlace", view: FamilyView, member: FamilyMember) -> None:
    heading, app = _("Relatie verwijderen"), place.desk_app
    tie = await _which(place, heading, view.display_name, member.display_name, only=member.ties)
    if tie is None:
        return
    sentence = _(dict(SENTENCES)[tie]).format(other=member.display_name, self=view.display_name)
    question = Confirm(heading, (f"{sentence}.",), _("Ja, verwijderen"))
    if await app.ask(_helped(question)) == "yes":
        desk, other = app.desk, member.actor_id
        await _carry_out(
            place,
            lambda: services.families.unrelate(desk, view.actor_id, view.version, other, tie),
        )


async def _which(
    place: "CustomerPlace",
    heading: str,
    name: str,
    other: str,
    *,
    without: Sequence[Tie] = (),
    only: Sequence[Tie] = (),
) -> Tie | None:
    """Which relation, in whole sentences; not asked when there is but one."""
    offered = [
        (tie, _(sentence).format(other=other, self=name))
        for tie, sentence in SENTENCES
        if tie not in without and (not only or tie in only)
    ]
    if only and len(offered) == 1:
        return offered[0][0]
    choices = [Choice(tie, sentence) for tie, sentence in offered]
    picked = await place.desk_app.ask(_helped(Choose(heading, (), choices)))
    return next((tie for tie, _sentence in offered if tie == picked), None)


async def _relate(
    place: "CustomerPlace", view: FamilyView, other_id: int, tie: Tie, instead_of: str = ""
) -> None:
    desk = place.desk_app.desk
    await _carry_out(
        place,
        lambda: services.families.relate(
            desk, view.actor_id, view.version, other_id, tie, instead_of
        ),
    )


async def _carry_out(place: "CustomerPlace", use_case: Callable[[], FamilyView]) -> None:
    """Do it, and show the family and both customers as they are then."""
    app, session = place.desk_app, place.session
    if session is None:
        return
    said, bad = _("Opgeslagen."), False
    try:
        await app.work.call(use_case)
    except Conflict as conflict:
        said, bad = conflict.sentence, True
    for one in tuple(app.sessions):
        await overviews.refresh(app, one.actor_id)
    app.say(said, bad=bad)


def _helped(question: Choose) -> Choose:
    question.help_page = HELP
    return question
