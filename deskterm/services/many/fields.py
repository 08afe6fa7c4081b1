"""Which fields a Seriemutatie can change (customers.md 5.13), and their texts for a customer."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from deskterm.services.edit.draft import as_text
from deskterm.services.labels import label, shown
from deskterm.text import _
from deskterm.views.series import SeriesField

if TYPE_CHECKING:
    from deskterm.services.many.people import Person

ADDRESS = "address"
PARTS = ("street", "house_number", "house_addition", "postcode", "place", "country")
"""What of an address goes along when a family moves."""


def _one(name: str) -> SeriesField:
    return SeriesField(name, (name,))


def _block(kind: str) -> SeriesField:
    return SeriesField(f"block.{kind}", (f"block.{kind}", f"block.{kind}.note"))


ON_ADDRESS = (
    _one("phone"),
    _one("mobile"),
    _one("email"),
    SeriesField("iban", ("iban", "bic")),
    SeriesField(
        "direct_debit",
        ("direct_debit", "mandate_given_on", "mandate_revoked_on", "switch_service"),
    ),
    _one("branch_code"),
    _one("stop"),
    _block("public"),
    _block("general"),
    _block("address"),
    SeriesField(ADDRESS, tuple(f"{ADDRESS}.{part}" for part in PARTS)),
)
"""What can be copied to those on the same address."""
FLAGS = ("no_information", "no_marketing", "no_mail", "no_email", "no_phone", "no_website")
OF_SELECTION = (*ON_ADDRESS, *map(_one, ("statistical_category", "selection_code", *FLAGS)))
"""What can be given to everybody of a selection."""


def field_label(field: SeriesField) -> str:
    """What staff call a field, or a few that are ticked as one."""
    return _("Adres") if field.code == ADDRESS else label(field.code)


def shown_texts(field: SeriesField, texts: Mapping[str, str]) -> str:
    """The values of a field as staff read them; a dash for none."""
    if field.code == ADDRESS:
        return address_line(texts) or "-"
    first, *others = field.names
    # A flag that goes along says something only when it is set.
    more = [texts.get(name, "") for name in others if name != "switch_service"]
    return " ".join(filter(None, (shown(first, texts.get(first, "")), *more))) or "-"


def address_line(texts: Mapping[str, str]) -> str:
    """An address on one line."""
    street, number, addition, postcode, place, _country = (
        texts.get(f"{ADDRESS}.{part}", "") for part in PARTS
    )
    door = " ".join(filter(None, (street, f"{number}{addition}")))
    town = " ".join(filter(None, (postcode, place)))
    return ", ".join(filter(None, (door, town)))


def changes_to(field: SeriesField, texts: Mapping[str, str], address_number: int) -> dict[str, str]:
    """The field's new texts, as `services.editing.save` names them for this customer."""
    return {numbered(name, address_number): texts.get(name, "") for name in field.names}


def numbered(name: str, address_number: int) -> str:
    """The name of a field, with the number of the address when it is of one and has none yet."""
    subject, _point, part = name.partition(".")
    return f"{ADDRESS}.{address_number}.{part}" if subject == ADDRESS and part in PARTS else name


def unnumbered(name: str) -> str:
    """The name of a field without the number of an address."""
    parts = name.split(".")
    return f"{ADDRESS}.{parts[2]}" if parts[0] == ADDRESS and len(parts) > 2 else name


def texts_of(person: "Person", address_number: int) -> dict[str, str]:
    """Every field that can be copied, as forms have it, with the address of that number."""
    return {
        name: _text(person, name, address_number) for field in ON_ADDRESS for name in field.names
    }


def _text(person: "Person", name: str, address_number: int) -> str:
    subject, point, rest = name.partition(".")
    if subject == "block":
        kind, _point, is_note = rest.partition(".")
        block = person.blocks.get(kind)
        if is_note:
            return block.note if block else ""
        return "1" if block else ""
    if subject == ADDRESS and point:
        return as_text(getattr(person.addresses[address_number - 1], rest))
    return as_text(getattr(person.customer, name))
