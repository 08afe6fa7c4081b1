"""The fields of the data form, in the order in which they are asked at a desk."""

from deskterm.screens.enrolment.walk import Walk
from deskterm.screens.tabs import making
from deskterm.screens.tabs.address import sexes
from deskterm.screens.tabs.tab import Words
from deskterm.services.labels import label
from deskterm.text import _
from deskterm.widgets.fields import Field

CARD, USE_ACCOUNT = "card", "use_account"
"""Answers that stand in the data form and are no column of the customer."""
_NAMES = ("surname", "initials", "first_name", "prefix", "suffix")
_ADDRESS = {"street": 30, "place": 18, "house_addition": 8}
_REACH = {"phone": 16, "mobile": 16, "contact_person": 18}
_LISTS = {
    "id_kind": "id_kind",
    "id_country": "country",
    "branch_code": "branch",
    "language": "language",
    "selection_code": "selection",
    "organization_type": "organization_type",
}


def data_fields(walk: Walk, words: Words) -> list[Field]:
    """Give the form as it was filled in when the walk began; what was typed goes over it."""
    person, home, reach = _("Persoon"), _("Adres"), _("Bereikbaar")
    rest = _("Legitimatie en overig")
    fields = [*_card(walk), _pick(walk, "title", "title", words, person)]
    fields += [_text(walk, name, person) for name in _NAMES]
    fields.append(_dated(walk, "born", person))
    fields.append(making.pick("sex", walk.start.values["sex"], sexes(), person, blank=False))
    fields.append(_text(walk, "address.1.postcode", home, 8))
    fields.append(_text(walk, "address.1.house_number", home, 8))
    fields += [_text(walk, f"address.1.{part}", home, width) for part, width in _ADDRESS.items()]
    fields.append(_pick(walk, "address.1.country", "country", words, home))
    fields.append(_text(walk, "email", reach, 40))
    fields += [_text(walk, name, reach, width) for name, width in _REACH.items()]
    fields.append(_pick(walk, "id_kind", "id_kind", words, rest))
    fields.append(_text(walk, "id_number", rest))
    others = ("id_country", "branch_code", "language", "selection_code", "organization_type")
    fields += [_pick(walk, name, _LISTS[name], words, rest) for name in others]
    fields.append(_text(walk, "external_number", rest))
    return fields


def _card(walk: Walk) -> list[Field]:
    section = _("Pas en inlogaccount")
    account = Field(
        USE_ACCOUNT, _("Gebruik inlogaccount"), "flag",
        "1" if walk.start.use_account else "", section=section, width=7,
    )  # fmt: skip
    words = _("Pasnummer (V of P)") if walk.is_new else _("Nieuwe pas (of V, P)")
    card = Field(CARD, words, width=16, number_field=True, section=section)
    return [card, account]


def _text(walk: Walk, name: str, section: str, width: int = 18) -> Field:
    return Field(
        name,
        label(name),
        value=walk.start.values[name],
        section=section,
        width=width,
        required=name in walk.needed,
    )


def _dated(walk: Walk, name: str, section: str) -> Field:
    value = walk.start.values[name]
    return Field(
        name, label(name), "date", value,
        section=section, width=10, required=name in walk.needed,
    )  # fmt: skip


def _pick(walk: Walk, name: str, kind: str, words: Words, section: str) -> Field:
    value, choices = walk.start.values[name], making.word_choices(words, kind)
    if not choices:
        return _text(walk, name, section)
    return making.pick(name, value, choices, section, blank=name != "branch_code")
