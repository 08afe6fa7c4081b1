"""Nieuwe klant toevoegen, with what was typed or scanned in vain just before."""

from typing import TYPE_CHECKING

from deskterm.screens.enrolment import leaving, walking

if TYPE_CHECKING:
    from deskterm.app import DesktermApp

_SEARCHED = {
    "name": "surname",
    "given_name": "first_name",
    "born": "born",
    "postcode": "address.1.postcode",
    "house_number": "address.1.house_number",
    "street": "address.1.street",
    "place": "address.1.place",
    "phone": "phone",
    "email": "email",
    "external_number": "external_number",
}
"""Fields of the search screen, and those of the data form that hold the same."""


async def add(app: "DesktermApp") -> None:
    """Go on with an enrolment that was not finished, or begin one for somebody new."""
    place = app.main.enrol_place
    if place is not None and place.walk is not None and place.walk.is_new:
        await app.main.go("enrol")
        return
    if await leaving.offer(app, fresh=True):
        return
    typed, card = _known(app)
    await walking.start(app, typed=typed, card=card)


def _known(app: "DesktermApp") -> tuple[dict[str, str], str]:
    """What is known of somebody new: fields of the data form, and a card."""
    main = app.main
    if main.place is main.search_place and main.search_place is not None:
        values, nobody = main.search_place.form.values, not main.search_place.found.customers
        typed = {ours: values[theirs].strip() for theirs, ours in _SEARCHED.items()}
        return {name: text for name, text in typed.items() if text and nobody}, ""
    text, on_line = main.desk_place.unknown, main.desk_place.line.value.strip()
    if main.place is not main.desk_place or not text or on_line not in ("", text):
        return {}, ""
    if app.keyboard.is_code(text):
        return {}, text
    return ({} if any(sign.isdigit() for sign in text) else {"surname": text}), ""
