"""F8 on tab 2, and what Opslaan asks about another address: moved, or corrected?"""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from deskterm import services
from deskterm.rules.blocks import BlockKind, right_to_change
from deskterm.screens import editing
from deskterm.screens.asks import Choice, Choose, Confirm
from deskterm.screens.money.asking import Asked
from deskterm.screens.tabs.address import living, place_line, street_line
from deskterm.services.errors import Conflict, FormFaults
from deskterm.text import _, date_text
from deskterm.views.customer import AddressView, CustomerView

if TYPE_CHECKING:
    from collections.abc import Callable

    from deskterm.screens.customer_place import CustomerPlace
    from deskterm.screens.tabs.tab import RowAction

HELP = "family"
_DOOR = ("street", "house_number", "house_addition", "postcode", "place", "country")
"""What another address differs in."""
_FIELDS = {"address.move": "street", "address.change": "kind"}
"""Actions that go on in the form, and at which of its fields."""


async def carry_out(place: "CustomerPlace", action: "RowAction") -> None:
    """Do what was chosen with F8 on tab 2, with the address it is about."""
    session, app = place.session, place.desk_app
    if session is None:
        return
    if place.editing:
        app.say(_("Eerst opslaan (Ctrl+S) of annuleren (Esc)."), bad=True)
        return
    view = session.view
    if action.id == "address.add":
        await _edit(place, f"address.{len(view.addresses) + 1}.street")
        return
    position = await _which(place, view, action)
    if position is None:
        return
    if action.id in _FIELDS:
        await _edit(place, f"address.{position}.{_FIELDS[action.id]}")
        if action.id == "address.move" and session.editing:
            session.moves = position
            app.say(_("Typ het nieuwe adres; bij Opslaan (Ctrl+S) blijft het oude bewaard."))
    elif action.id == "address.end":
        await _end(place, view, position)
    else:
        await _post(place, view, view.addresses[position - 1], action)


async def asked(place: "CustomerPlace", changes: dict[str, str]) -> dict[str, str] | None:
    """Ask what the typed changes of an address mean, before they are saved; None is back.

    Who chose *Verhuisd* with F8 has said so already.
    """
    session, app = place.session, place.desk_app
    if session is None:
        return changes
    view, today = session.view, date_text(app.desk.today)
    positions, lifts = _elsewhere(view, changes, place), _may_lift(place, view, changes)
    if not positions and not lifts:
        return changes
    # What is wrong is shown before anything is asked.
    await app.work.call(lambda: services.editing.check(app.desk, view.actor_id, changes))
    understood = dict(changes)
    for position in positions:
        meant: str | None = "moved"
        if position != session.moves:
            meant = await _moved_or_better(place, view.addresses[position - 1])
        if meant is None:
            return None
        if meant == "moved":
            begin = understood.pop(f"address.{position}.from_on", "") or today
            understood[f"address.{position}.moved_on"] = begin
    if lifts:
        note = next(one.note for one in view.blocks if one.kind == BlockKind.ADDRESS)
        question = Confirm(_("Adresblokkade"), (note, _("Mag de adresblokkade eraf?")),
                           _("Ja, opheffen"))  # fmt: skip
        if await app.ask(_helped(question)) == "yes":
            understood[f"block.{BlockKind.ADDRESS.value}"] = ""
    return understood


async def _moved_or_better(place: "CustomerPlace", old: AddressView) -> str | None:
    """`moved` or `better`; None is Esc."""
    lines = (_("Het adres was: {address}").format(address=_line(old)),)
    return await place.desk_app.ask(_helped(Choose(_("Ander adres"), lines, (
        Choice("moved", _("Verhuisd: het oude adres blijft bewaard"), _("V")),
        Choice("better", _("Verbeterd: het oude adres klopte niet"), _("B")),
    ))))  # fmt: skip


async def said(place: "CustomerPlace", changes: dict[str, str]) -> str:
    """What is told when the changes are stored: the postcode that was left, a family to move."""
    session, app = place.session, place.desk_app
    stored = _("Opgeslagen.")
    if session is None or not any(name.endswith(".moved_on") for name in changes):
        return stored
    if _keeps_postcode(session.view, changes):
        stored = f"{stored} {_('Klopt de postcode nog?')}"
    actor_id = session.actor_id
    family = await app.work.call(lambda: services.families.family(app.desk, actor_id))
    key = app.keymap.shown_key("customer.series")
    if sum(member.at_same_door for member in family.members) < 2 or not key:
        return stored
    return f"{stored} {_('Gezin mee verhuizen? {key}.').format(key=key)}"


def _keeps_postcode(view: CustomerView, changes: dict[str, str]) -> bool:
    """Whether somebody moved to another street with the old postcode, which is of one street."""
    return any(
        f"address.{position}.moved_on" in changes
        and f"address.{position}.street" in changes
        and f"address.{position}.postcode" not in changes
        and address.postcode != ""
        and changes.get(f"address.{position}.country", address.country) == "NL"
        for position, address in enumerate(view.addresses, 1)
    )


def _elsewhere(
    view: CustomerView, changes: dict[str, str], place: "CustomerPlace"
) -> Sequence[int]:
    """Positions of the addresses in use that would become others."""
    today = place.desk_app.desk.today
    found = []
    for position, address in enumerate(view.addresses, 1):
        touched = any(f"address.{position}.{part}" in changes for part in _DOOR)
        stays = changes.get(f"address.{position}.street", address.street)
        if touched and stays and address.street and living(address, today):
            found.append(position)
    return found


def _may_lift(place: "CustomerPlace", view: CustomerView, changes: dict[str, str]) -> bool:
    """Whether an address was typed while the block stands, by who may lift it."""
    typed = any(
        name.startswith("address.") and name.endswith((".street", ".house_number", ".postcode"))
        for name, text in changes.items()
        if text
    )
    staff = place.desk_app.desk.staff
    allowed = staff is not None and right_to_change(BlockKind.ADDRESS) in staff.rights
    blocked = any(one.kind == BlockKind.ADDRESS for one in view.blocks)
    return typed and allowed and blocked and f"block.{BlockKind.ADDRESS.value}" not in changes


async def _which(place: "CustomerPlace", view: CustomerView, action: "RowAction") -> int | None:
    """The position of the address it is about; not asked when there is but one."""
    app = place.desk_app
    offered = [
        (position, one)
        for position, one in enumerate(view.addresses, 1)
        if living(one, app.desk.today) and (action.id != "address.received" or one.returned_on)
    ]
    if not offered:
        app.say(_("Er is geen adres dat nog geldt: voeg er een toe."), bad=True)
        return None
    if len(offered) == 1:
        return offered[0][0]
    choices = [Choice(str(position), _line(one)) for position, one in offered]
    answer = await app.ask(_helped(Choose(action.label, (_("Welk adres?"),), choices)))
    return int(answer) if answer else None


async def _edit(place: "CustomerPlace", name: str) -> None:
    await editing.start(place)
    if place.editing:
        place.form.go_to_name(name)


async def _end(place: "CustomerPlace", view: CustomerView, position: int) -> None:
    """The last day of an address, asked until it is one."""
    app, refusal = place.desk_app, ""
    typed = date_text(app.desk.today)
    while True:
        fields = (("day", _("Laatste dag"), False),)
        lines = (_line(view.addresses[position - 1]),)
        answer = await app.ask(
            Asked(_("Adres beëindigen"), lines, fields, {"day": typed}, [refusal])
        )
        if answer is None:
            return
        typed = answer["day"]
        changes = {f"address.{position}.until_on": typed}
        try:
            await _save(place, view, changes)
        except FormFaults as faults:
            refusal = " ".join(sentence for _name, sentence in faults.faults)
        else:
            return


async def _save(place: "CustomerPlace", view: CustomerView, changes: dict[str, str]) -> None:
    desk = place.desk_app.desk
    await _carry_out(
        place, lambda: services.editing.save(desk, view.actor_id, view.version, changes)
    )


async def _post(
    place: "CustomerPlace", view: CustomerView, address: AddressView, action: "RowAction"
) -> None:
    """Post came back, after asking, or arrives again."""
    app = place.desk_app
    desk, actor_id, version, address_id = app.desk, view.actor_id, view.version, address.id
    if action.id == "address.received":
        await _carry_out(
            place, lambda: services.life.post_arrives(desk, actor_id, version, address_id)
        )
        return
    lines = (_line(address), _("Er komt een adresblokkade, en er gaan geen brieven meer uit."))
    question = Confirm(_("Post retour"), lines, _("Ja, post kwam retour"))
    if await app.ask(_helped(question)) == "yes":
        await _carry_out(
            place, lambda: services.life.post_returned(desk, actor_id, version, address_id)
        )


async def _carry_out(place: "CustomerPlace", use_case: "Callable[[], CustomerView]") -> None:
    """Do it and show the customer as it is then, also when another desk was first."""
    app, session = place.desk_app, place.session
    if session is None:
        return
    told, bad = _("Opgeslagen."), False
    try:
        session.view = await app.work.call(use_case)
    except Conflict as conflict:
        told, bad = conflict.sentence, True
        actor_id = session.actor_id
        session.view = await app.work.call(lambda: services.opening.refresh(app.desk, actor_id))
    place.show(session)
    app.say(told, bad=bad)


def _line(address: AddressView) -> str:
    return " ".join(filter(None, (street_line(address), place_line(address))))


def _helped(question: Choose) -> Choose:
    question.help_page = HELP
    return question
