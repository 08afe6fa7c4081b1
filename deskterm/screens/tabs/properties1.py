"""`6.Eigenschappen-1`: selection, counters, loan history, blocks, relations (1.6)."""

from deskterm.rules.blocks import BlockKind
from deskterm.screens.tabs import making
from deskterm.screens.tabs.address import sexes
from deskterm.screens.tabs.layout import Fact, heading, two_columns
from deskterm.screens.tabs.tab import RowAction, Words, target_of
from deskterm.screens.wording import SEXES, block_word, word, yes_no
from deskterm.services.labels import label
from deskterm.text import _, date_text
from deskterm.views.customer import BlockNote, CustomerView, Person
from deskterm.widgets.fields import Field
from deskterm.widgets.sheet import Row, Span, line

_INSTITUTION = "I"
_CHOICES = ("notify_previous", "show_history", "erase_history")
_COUNTERS = ("bypassed_checkins", "login_failures")


def read(view: CustomerView, width: int) -> list[Row]:
    """Properties, then every block in force, then who belongs to whom."""
    rows = two_columns(_properties(view), _habits(view.person), width, labels=(22, 26))
    rows.append(heading(_("Blokkades"), width))
    rows += [_block(block, width) for block in view.blocks]
    if not view.blocks:
        rows.append(line(" " + _("Geen"), width, "dim"))
    rows.append(heading(_("Relaties"), width))
    for relation in view.relations:
        words = f" {label(f'relation.{relation.kind}')}: {relation.display_name}"
        key = f"relation:{relation.actor_id}"
        rows.append(line(f"{words} [{relation.actor_id}]", width, "value", key))
    if not view.relations:
        rows.append(line(" " + _("Geen"), width, "dim"))
    return rows


def form(view: CustomerView, words: Words) -> list[Field]:
    """Properties, and each kind of block with the reason it is there."""
    person = view.person
    fields = [
        making.pick_word(person, "selection_code", words, "selection"),
        making.pick("sex", person.sex, sexes(), blank=False),
    ]
    if person.sex == _INSTITUTION:
        kinds = "organization_type"
        fields.append(making.pick_word(person, kinds, words, kinds))
    fields += [_counter(view, name) for name in _COUNTERS]
    fields.append(
        Field("punches", label("punches"), "readonly", making.value_of(person, "punches"))
    )
    fields += making.flags(person, _CHOICES)
    blocks, in_force = _("Blokkades"), {block.kind: block for block in view.blocks}
    for kind in BlockKind:
        name, block = f"block.{kind.value}", in_force.get(kind.value)
        fields.append(making.flag(name, kind.value in view.block.block_kinds, blocks))
        fields.append(
            Field(
                f"{name}.note",
                _("Toelichting"),
                value=block.note if block else "",
                section=blocks,
            )
        )
    return fields


def actions(view: CustomerView, row_key: str | None) -> list[RowAction]:
    """Open a related customer, lift a block, reset the login counter."""
    found = []
    if related := target_of(row_key, "relation"):
        found.append(RowAction("customer.open", _("Open deze klant"), target=related))
    if kind := target_of(row_key, "block"):
        lift = ((f"block.{kind}", ""),)
        found.append(RowAction("block.lift", _("Hef blokkade op"), target=kind, changes=lift))
    found.append(
        RowAction(
            "login.reset",
            _("Herstel teller mislukte aanmeldingen"),
            enabled=view.person.login_failures > 0,
            why_not=_("De teller staat al op 0."),
            changes=(("login_failures", "0"),),
        )
    )
    return found


def _properties(view: CustomerView) -> list[Fact]:
    person = view.person
    pairs: list[Fact] = [
        (label("selection_code"), making.shown(view, "selection_code")),
        (label("sex"), word(SEXES, person.sex)),
    ]
    if person.sex == _INSTITUTION:
        pairs.append((label("organization_type"), making.shown(view, "organization_type")))
    return pairs + [
        (label(name), making.value_of(person, name)) for name in (*_COUNTERS, "punches")
    ]


def _habits(person: Person) -> list[Fact]:
    pairs: list[Fact] = [
        (label(name), yes_no(making.value_of(person, name) == "1")) for name in _CHOICES
    ]
    missing = date_text(person.card_missing_on)
    return [*pairs, (label("card_missing_on"), Span(missing, "bad") if missing else _("Nee"))]


def _block(block: BlockNote, width: int) -> Row:
    words = _("{block}, sinds {day}").format(
        block=block_word(block.kind), day=date_text(block.since)
    )
    note = f": {block.note}" if block.note else ""
    return line(f" {words}{note}", width, "bad", f"block:{block.kind}")


def _counter(view: CustomerView, name: str) -> Field:
    """A counter that staff may only set back to 0."""
    value = making.value_of(view.person, name)
    choices = ((value, value),) if value == "0" else ((value, value), ("0", _("0 (herstel)")))
    return Field(name, label(name), "choice", value, choices)
