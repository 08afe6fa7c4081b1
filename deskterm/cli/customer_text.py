"""A customer in plain lines, for a screen reader or a script: one `label: value` per line.

Nothing is set in columns and nothing depends on colour. Empty fields are left out; `--json` has
everything.
"""

from collections.abc import Iterator
from dataclasses import fields
from datetime import date

from deskterm.rules.names import inert
from deskterm.screens import wording
from deskterm.screens.log_words import change_text, names_of
from deskterm.services.labels import label
from deskterm.text import _, cents_text, date_text
from deskterm.views.customer import Block, CustomerView, Opened, PopUp
from deskterm.views.lists import FoundCustomer

Line = str

_WORDS = {"sex": wording.SEXES}
"""The words of codes that are no list of the library's."""


def found_line(row: FoundCustomer) -> Line:
    """One customer of a result list on one line."""
    status = wording.status_word(row.status)
    parts = (
        row.card_number or _("geen pas"),
        f"[{row.actor_id}]",
        row.name,
        date_text(row.born),
        row.address,
        f"{row.postcode} {row.place}".strip(),
        row.branch_code,
        row.membership_name,
        status if row.valid else _("{status}, niet geldig").format(status=status),
    )
    return inert(", ".join(part for part in parts if part))


def opened_lines(opened: Opened) -> Iterator[Line]:
    """Everything that the screen of a customer says, its pop-ups first."""
    if opened.matched:
        yield opened.matched
    for line in _lines(opened):
        yield inert(line)


def _lines(opened: Opened) -> Iterator[Line]:
    view = opened.customer
    yield from _block(view.block)
    for pop_up in opened.pop_ups:
        yield from _pop_up(pop_up)
    yield from _person(view)
    yield from _lists(view)
    yield from _circulation(view)
    if view.log:
        yield _head(_("Wijzigingen"))
    names = names_of(view)
    for entry in view.log:
        who = ", ".join(part for part in (wording.moment_text(entry.at), entry.staff) if part)
        yield f"{who}: {change_text(entry, names)}"


def _block(block: Block) -> Iterator[Line]:
    yield f"{block.card_number or _('geen pas')} [{block.actor_id}]"
    yield _pair(_("Naam"), f"{block.display_name}")
    yield _pair(_("Adres"), ", ".join(filter(None, (block.street_line, block.place_line))))
    yield _pair(_("Vestiging"), f"{block.branch_code} {block.branch_name}")
    membership = ", ".join(filter(None, (block.membership_name, wording.bar_status(block))))
    yield _pair(_("Abonnement"), membership)
    yield _pair(_("Geldigheid"), wording.status_line(block))
    born = date_text(block.born)
    if block.age is not None:
        born = _("{born} ({age} jr.)").format(born=born, age=block.age)
    values = (
        ("born", _("Geboortedatum"), born),
        ("last_activity_on", _("Laatste activiteit"), date_text(block.last_activity_on)),
        ("on_loan", _("In bezit"), str(block.on_loan)),
        ("active_cards", _("Actieve passen"), str(block.active_cards)),
        ("contribution_cents", _("Contributie"), cents_text(block.contribution_cents)),
        ("registration_cents", _("Registratie"), cents_text(block.registration_cents)),
        ("punches", _("Strippen"), str(block.punches)),
        ("credit_cents", _("Tegoed"), cents_text(block.credit_cents)),
    )
    for name, words, value in values:
        over = _("{value}, boven de grens").format(value=value)
        yield _pair(words, over if name in block.over_limit else value)


def _pop_up(pop_up: PopUp) -> Iterator[Line]:
    yield _head(_("Let op: {title}").format(title=pop_up.title))
    yield from pop_up.lines
    if not pop_up.may_continue:
        yield _("Alleen Einde sessie is mogelijk.")


def _person(view: CustomerView) -> Iterator[Line]:
    yield _head(_("Gegevens"))
    for one in fields(view.person):
        value = getattr(view.person, one.name)
        # A bool is an int: whether it is set says more than 0 or 1.
        if isinstance(value, bool):
            yield _pair(label(one.name), wording.yes_no(value))
        elif isinstance(value, date):
            yield _pair(label(one.name), date_text(value))
        elif value:
            said = view.names.get(one.name) or wording.word(_WORDS.get(one.name, {}), str(value))
            yield _pair(label(one.name), said)


def _lists(view: CustomerView) -> Iterator[Line]:
    for address in view.addresses:
        yield _head(wording.word(wording.ADDRESS_KINDS, address.kind))
        number = f"{address.house_number}{address.house_addition}"
        parts = (
            f"{address.street} {number}".strip(),
            f"{address.postcode} {address.place}".strip(),
        )
        yield ", ".join(filter(None, (*parts, address.country)))
    yield from _titled(_("Producten/diensten"), (
        f"{one.institution_code} / {one.branch_code}, {date_text(one.begin_on)} - "
        f"{date_text(one.end_on)}, {one.membership_code}-{one.membership_name}, "
        f"{wording.status_word(one.status)} {one.end_reason}".rstrip()
        + f", {cents_text(one.price_cents)}, {one.sector}"
        for one in view.periods
    ))  # fmt: skip
    yield from _titled(_("Passen"), (
        f"{one.number}, {wording.word(wording.CARD_KINDS, one.kind)}, "
        f"{wording.word(wording.CARD_STATUSES, one.status)}, {one.branch_code} {one.branch_name}, "
        f"{date_text(one.issued_on)}"
        for one in view.cards
    ))  # fmt: skip
    yield from _titled(_("Meldingen"), iter(view.messages))
    yield from _titled(_("Blokkades"), (
        f"{wording.block_word(one.kind)}, {date_text(one.since)}" + (one.note and f": {one.note}")
        for one in view.blocks
    ))  # fmt: skip
    yield from _titled(_("Rollen"), (
        f"{one.name}, {date_text(one.begin_on)} - {date_text(one.end_on)}" for one in view.roles
    ))  # fmt: skip
    chosen = (*view.profiles, *view.labels, *view.newsletters, *view.badges)
    yield from _titled(_("Keuzes"), (one.name for one in chosen if one.chosen))
    yield from _titled(_("Berichtvoorkeuren"), (
        f"{one.message_kind} {one.name}: "
        f"{wording.word(wording.DELIVERIES, one.delivery) or _('Als gewoonlijk')}"
        for one in view.preferences
    ))  # fmt: skip
    yield from _titled(_("Relaties"), (
        f"{label(f'relation.{one.kind}')}: {one.display_name} [{one.actor_id}]"
        for one in view.relations
    ))  # fmt: skip


def _circulation(view: CustomerView) -> Iterator[Line]:
    yield from _titled(_("Geleende exemplaren"), (
        f"{one.item_number}, {one.title}, {one.author}, {_('terug op')} {date_text(one.due_on)}"
        + (f", {_('te laat')}" if one.overdue else "")
        for one in view.loans
    ))  # fmt: skip
    yield from _titled(_("Reserveringen"), (
        f"{one.number}, {one.title}, {one.author}, "
        f"{wording.hold_status(one.status)}, {one.pickup_branch}"
        for one in view.holds
    ))  # fmt: skip
    yield from _titled(_("Openstaande posten"), (
        f"{date_text(one.day)}, {wording.word(wording.ACCOUNTS, one.account)}, {one.description}, "
        f"{cents_text(one.open_cents)}"
        for one in view.charges
    ))  # fmt: skip


def _titled(title: str, lines: Iterator[Line]) -> Iterator[Line]:
    """The lines under their title; nothing when there are none."""
    for number, line in enumerate(lines):
        if number == 0:
            yield _head(title)
        yield line


def _head(title: str) -> Line:
    return f"== {title}"


def _pair(words: str, value: str) -> Line:
    return f"{words}: {value}"
