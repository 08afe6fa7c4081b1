"""`2.NAW-Gegevens`: name, addresses, how to reach the customer, identification (1.2)."""

from datetime import date

from deskterm.screens.tabs import making
from deskterm.screens.tabs.layout import Fact, heading, two_columns
from deskterm.screens.tabs.tab import RowAction, Words
from deskterm.screens.wording import ADDRESS_KINDS, SEXES, word
from deskterm.services.labels import label
from deskterm.text import _, date_text, pgettext
from deskterm.views.customer import AddressView, CustomerView, Person
from deskterm.widgets.fields import Field
from deskterm.widgets.sheet import Column, Row, Span, table_header, table_row

_NAMES = (
    "initials",
    "first_name",
    "prefix",
    "surname",
    "suffix",
    "preferred_first_name",
    "preferred_surname",
    "tag",
)
_PHONES = ("phone", "mobile", "phone2", "phone3", "fax")
_MAILS = ("email", "email_bcc1", "email_bcc2", "billing_email")
_MOST_ADDRESSES = 5
_ADDRESS_WIDTHS = {
    "street": 34,
    "house_number": 8,
    "house_addition": 8,
    "postcode": 8,
    "place": 24,
    "country": 4,
}
_REQUIRED = frozenset({"street", "house_number", "place"})


def read(view: CustomerView, width: int) -> list[Row]:
    """All of it; at 80x24 the address and the phone stand in the first twelve rows."""
    rows = two_columns(_identity(view), _reach(view), width)
    rows += two_columns(
        _named(view, ("id_kind", "id_country", "stop")),
        _named(view, ("id_number", "contact_person", "contact_phone")),
        width,
        labels=(17, 17),
    )
    if len(view.addresses) > 1 or any(one.returned_on for one in view.addresses):
        rows += _address_table(view.addresses, width)
    return rows


def actions(view: CustomerView, _row_key: str | None) -> list[RowAction]:
    """Move, add, change and end addresses, and write down that post came back."""
    present = view.addresses
    none = "" if present else _("Er is geen adres.")
    full = _("Er zijn al vijf adressen.") if _is_full(present) else ""
    arrives = "" if any(one.returned_on for one in present) else _("Er kwam geen post retour.")
    offered = (
        ("address.move", _("Verhuisd: nieuw adres"), none),
        ("address.add", _("Adres toevoegen"), full),
        ("address.change", _("Adres wijzigen"), none),
        ("address.end", _("Adres beëindigen"), none),
        ("address.returned", _("Post retour"), none),
        ("address.received", _("Post komt weer aan"), arrives),
    )
    return [
        RowAction(name, words, enabled=not why_not, why_not=why_not)
        for name, words, why_not in offered
    ]


def _is_full(addresses: tuple[AddressView, ...]) -> bool:
    """Whether there are as many as can be; one that got an end makes room and stays."""
    return sum(not one.until_on for one in addresses) >= _MOST_ADDRESSES


def living(address: AddressView, today: date) -> bool:
    """Tell whether an address has not ended yet."""
    return address.until_on is None or address.until_on >= today


def form(view: CustomerView, words: Words) -> list[Field]:
    """Every field of the tab, with an empty address to add one."""
    person = view.person
    name, reach, proof = _("Naam"), _("Bereikbaar"), _("Legitimatie en overig")
    fields = [making.pick_word(person, "title", words, "title", name)]
    for column in _NAMES:
        needed = column == "surname"
        fields.append(making.text(person, column, section=name, required=needed))
    fields += [
        making.pick("sex", person.sex, sexes(), name, blank=False),
        making.day(person, "born", name),
    ]
    for index, address in enumerate(view.addresses, 1):
        fields += _address_fields(index, address, words)
    if not _is_full(view.addresses):
        country = view.addresses[0].country if view.addresses else "NL"
        fields += _address_fields(len(view.addresses) + 1, None, words, country)
    fields += making.texts(person, _PHONES, reach, 16)
    fields += making.texts(person, _MAILS, reach, 40)
    fields += making.texts(person, ("contact_person", "contact_phone"), reach)
    fields += identification(person, words, proof)
    fields.append(making.pick_word(person, "branch_code", words, "branch", proof, blank=False))
    fields.append(making.text(person, "stop", section=proof))
    return fields


def sexes() -> making.Choices:
    """Man, Vrouw, Instelling, Onbekend as choices."""
    return tuple((code, _(name)) for code, name in SEXES.items())


def identification(person: Person, words: Words, section: str) -> list[Field]:
    """The proof of identity; tab 7 has it too."""
    return [
        making.pick_word(person, "id_kind", words, "id_kind", section),
        making.text(person, "id_number", section=section),
        making.pick_word(person, "id_country", words, "country", section),
    ]


def _identity(view: CustomerView) -> list[Fact]:
    person = view.person
    return [
        *_named(view, ("title", *_NAMES)),
        (label("sex"), word(SEXES, person.sex)),
        (label("born"), date_text(person.born)),
        (label("branch_code"), f"{person.branch_code} {view.block.branch_name}".strip()),
    ]


def _reach(view: CustomerView) -> list[Fact]:
    holding = [one for one in view.addresses if one.id == view.postal_id]
    first = next(iter((*holding, *view.addresses)), None)
    facts: list[Fact] = [
        (_("Adres"), street_line(first) if first else _("(geen adres)")),
        (_("Woonplaats"), place_line(first) if first else ""),
        (label("address.1.country"), _country(view, first) if first else ""),
    ]
    return facts + _named(view, (*_PHONES, *_MAILS))


def _country(view: CustomerView, address: AddressView) -> str:
    return view.names.get(f"country.{address.country}", address.country)


def _named(view: CustomerView, names: tuple[str, ...]) -> list[Fact]:
    return [(label(name), making.shown(view, name)) for name in names]


def street_line(address: AddressView) -> str:
    """*Kruisakkers 41 a*."""
    parts = (address.street, address.house_number, address.house_addition)
    return " ".join(part for part in parts if part)


def place_line(address: AddressView) -> str:
    """*9468 BG ANNEN*."""
    return " ".join(part for part in (address.postcode, address.place) if part)


def _address_table(addresses: tuple[AddressView, ...], width: int) -> list[Row]:
    columns = (
        Column(_("Adres"), 11),
        Column(_("Straat"), 14, grow=2),
        Column(_("Woonplaats"), 14, grow=1),
        Column(pgettext("column of 4", "Land"), 4),
        Column(_("Vanaf"), 10),
        Column(_("T/m"), 10),
        Column(_("Retour"), 10),
    )
    rows = [heading(_("Adressen"), width), table_header(columns, width, gap=1)]
    for address in addresses:
        cells = (
            word(ADDRESS_KINDS, address.kind),
            street_line(address),
            place_line(address),
            address.country,
            date_text(address.from_on),
            date_text(address.until_on),
            Span(date_text(address.returned_on), "bad"),
        )
        rows.append(table_row(columns, cells, width, gap=1))
    return rows


def _address_fields(
    position: int, address: AddressView | None, words: Words, country: str = ""
) -> list[Field]:
    """Fields of one address; those of an empty one are not required, it need not be filled in."""
    kind = address.kind if address else ("home" if position == 1 else "post")
    if address and address.until_on:
        section = _("Adres {position}, t/m {day}")
        section = section.format(position=position, day=date_text(address.until_on))
    elif address:
        section = f"{_('Adres')} {position}"
    else:
        section = _("Nieuw adres {position}").format(position=position)
    prefix = f"address.{position}"
    kinds = tuple((code, _(name)) for code, name in ADDRESS_KINDS.items())
    fields = [making.pick(f"{prefix}.kind", kind, kinds, section, blank=False)]
    for part, wide in _ADDRESS_WIDTHS.items():
        value = getattr(address, part) if address else (country if part == "country" else "")
        countries = making.word_choices(words, "country") if part == "country" else ()
        if countries:
            fields.append(making.pick(f"{prefix}.{part}", value, countries, section, blank=False))
            continue
        needed = address is not None and part in _REQUIRED
        name = f"{prefix}.{part}"
        fields.append(
            Field(name, label(name), value=value, width=wide, required=needed, section=section)
        )
    for part in ("from_on", "until_on"):
        name = f"{prefix}.{part}"
        value = making.as_typed(getattr(address, part) if address else None)
        fields.append(Field(name, label(name), "date", value, width=10, section=section))
    return fields
