"""`7.Eigenschappen-2`: receipts, language, other numbers, messages by kind (1.7)."""

from deskterm.screens.accounts.states import account_rows
from deskterm.screens.tabs import making
from deskterm.screens.tabs.address import identification
from deskterm.screens.tabs.layout import Fact, heading, two_columns
from deskterm.screens.tabs.tab import RowAction, Words
from deskterm.screens.wording import DELIVERIES, word, yes_no
from deskterm.services.labels import label
from deskterm.text import N_, _
from deskterm.views.customer import CustomerView, PreferenceView
from deskterm.widgets.fields import Field
from deskterm.widgets.sheet import Column, Row, Span, table_header, table_row

_SWITCHES = ("receipts", "hold_messages")
_NUMBERS = ("external_number", "external_number2")
_USUAL = N_("Als gewoonlijk")
"""No choice of the customer's own: the message comes as the library sends it."""
_PROOF = ("id_kind", "id_number", "id_country")


def read(view: CustomerView, width: int) -> list[Row]:
    """Properties, then how each kind of message is delivered."""
    person = view.person
    left: list[Fact] = [
        (label(name), yes_no(making.value_of(person, name) == "1")) for name in _SWITCHES
    ]
    left += _values(view, ("classification", "language"))
    right = _values(view, (*_NUMBERS, *_PROOF))
    columns = (
        Column(_("Code"), 5),
        Column(_("Bericht"), 44, grow=1),
        Column(_("Vorm"), 16),
    )
    rows = [
        *two_columns(left, right, width, labels=(21, 17)),
        *account_rows(view.account, width),
        heading(_("Berichtvoorkeuren"), width),
    ]
    rows.append(table_header(columns, width))
    for preference in view.preferences:
        way = word(DELIVERIES, preference.delivery) or Span(_(_USUAL), "dim")
        cells = (preference.message_kind, preference.name, way)
        key = f"preference:{preference.message_kind}"
        rows.append(table_row(columns, cells, width, key=key))
    return rows


def form(view: CustomerView, words: Words) -> list[Field]:
    """Every field, and a choice of the allowed ways for each kind of message.

    The name of an account that is tied is its provider's: only Vergeet inlogaccount takes it away.
    """
    person = view.person
    fields = making.flags(person, _SWITCHES)
    fields.append(making.pick_word(person, "classification", words, "classification"))
    fields.append(making.pick_word(person, "language", words, "language", blank=False))
    own = () if view.account.provider else ("username",)
    fields += making.texts(person, (*_NUMBERS, *own))
    fields += identification(person, words, _("Legitimatie"))
    fields += [_preference(preference) for preference in view.preferences]
    return fields


def actions(_view: CustomerView, _row_key: str | None) -> list[RowAction]:
    """The login account, which is managed by steps of its own."""
    return [RowAction("customer.account", _("Inlogaccount"))]


def _values(view: CustomerView, names: tuple[str, ...]) -> list[Fact]:
    return [(label(name), making.shown(view, name)) for name in names]


def _preference(preference: PreferenceView) -> Field:
    known = ((letter, word(DELIVERIES, letter)) for letter in preference.allowed)
    ways = (("", _(_USUAL)), *known)
    name = f"preference.{preference.message_kind}"
    made = making.pick(name, preference.delivery, ways, _("Berichtvoorkeuren"))
    words = f"{preference.message_kind} {preference.name}"
    return Field(name, words, "choice", made.value, made.choices, section=made.section)
