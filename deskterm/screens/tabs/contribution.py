"""`3.Contributie`: membership periods, ending, bank account (1.3; seed document 1)."""

from deskterm.rules.membership import MembershipStatus
from deskterm.screens.tabs import making
from deskterm.screens.tabs.layout import facts
from deskterm.screens.tabs.tab import RowAction, Words
from deskterm.screens.wording import short_status
from deskterm.services.labels import label
from deskterm.text import _, cents_text, date_text, long_date
from deskterm.views.customer import CustomerView, PeriodView
from deskterm.widgets.fields import Field
from deskterm.widgets.sheet import Column, Row, Span, line, table_header, table_row

_WORDS = 27
_STOPPED = (MembershipStatus.BLACKLISTED, MembershipStatus.ENDED)


def read(view: CustomerView, width: int) -> list[Row]:
    """The table of periods, then what can be changed, as the seed has it from top to bottom."""
    person = view.person
    rows = facts([(label("registered_on"), long_date(person.registered_on))], width, _WORDS)
    rows.append(line(" " + _("Producten/diensten"), width, "head"))
    rows.append(table_header(_columns(), width))
    rows += [_period(period, width) for period in view.periods]
    rows += _grows(view, width)
    rows.append(line(" " + _("Muteer abonnement"), width, "dim"))
    rows += facts([(_("Nieuwe status"), _new_status(view))], width, _WORDS)
    bank = [
        (_("Reden opzegging"), view.block.end_reason),
        (label("iban"), person.iban),
        (label("bic"), person.bic),
    ]
    rows += facts(bank, width, _WORDS)
    rows.append(line(" " + _("* Alleen bij buitenlandse rekeningnummers"), width, "dim"))
    ticks = f" {_tick(person.direct_debit, label('direct_debit'))}"
    ticks += f"  {_tick(person.switch_service, label('switch_service'))}"
    rows.append(line(ticks, width, "value"))
    mandate = [
        *([(_("Machtigingsnummer"), view.mandate)] if view.mandate else []),
        (label("mandate_given_on"), date_text(person.mandate_given_on)),
        (label("mandate_revoked_on"), date_text(person.mandate_revoked_on)),
    ]
    return rows + facts(mandate, width, _WORDS)


def form(view: CustomerView, _words: Words) -> list[Field]:
    """Bank account and mandate; memberships change through their own steps."""
    person = view.person
    bank, mandate = _("Rekening"), _("Machtiging")
    return [
        making.text(person, "iban", section=bank, width=34),
        making.text(
            person,
            "bic",
            section=bank,
            width=11,
            hint=_("* Alleen bij buitenlandse rekeningnummers"),
        ),
        *making.flags(person, ("direct_debit", "switch_service"), mandate),
        making.day(person, "mandate_given_on", mandate),
        making.day(person, "mandate_revoked_on", mandate),
    ]


def actions(view: CustomerView, _row_key: str | None) -> list[RowAction]:
    """What Wise offers on this tab; it is about the membership that the block shows."""
    status = view.block.status
    runs, blocked = view.block.valid, status in _STOPPED
    not_running = "" if runs else _("Er loopt geen abonnement: Inschrijven (Alt+I).")
    none = "" if view.periods else _("Deze klant heeft geen abonnement.")
    return [
        _act("membership.change", _("Muteer abonnement"), not_running),
        _act("membership.end_now", _("Abonnement opzeggen per direct"), not_running),
        _act("membership.end_later", _("Abonnement opzeggen per vervaldatum"), not_running),
        _act("membership.end_on", _("Abonnement opzeggen per andere datum"), not_running),
        _act("membership.blacklist", _("Nieuwe status: Zwarte lijst"),
             none or (_("Staat al op de zwarte lijst.") if status == _STOPPED[0] else "")),
        _act("membership.invalid", _("Nieuwe status: Ongeldig"),
             none or (_("Is al ongeldig.") if status == _STOPPED[1] else "")),
        _act("membership.back", _("Nieuwe status: weer geldig"),
             "" if blocked else _("Is niet geblokkeerd of ongeldig.")),
    ]  # fmt: skip


def _act(action_id: str, words: str, why_not: str) -> RowAction:
    return RowAction(action_id, words, enabled=not why_not, why_not=why_not)


def _columns() -> tuple[Column, ...]:
    return (
        Column(_("Instantie"), 11),
        Column(_("Begin"), 10),
        Column(_("Eind"), 10),
        Column(_("Abonnement"), 11, grow=2),
        Column(_("Status"), 13, grow=1),
        Column(_("Kosten"), 6, right=True),
        Column(_("Sector"), 6),
    )


def _period(period: PeriodView, width: int) -> Row:
    status = Span(short_status(period.status), "value")
    if period.status in _STOPPED:
        status = Span(status.text, "bad")
    cells = (
        f"{period.institution_code} / {period.branch_code}",
        date_text(period.begin_on),
        date_text(period.end_on),
        f"{period.membership_code}-{period.membership_name}",
        status,
        cents_text(period.price_cents),
        period.sector,
    )
    return table_row(_columns(), cells, width, key=f"period:{period.id}")


def _grows(view: CustomerView, width: int) -> list[Row]:
    """What the membership becomes by age; who pays for a child goes on until staff change it."""
    if view.grows is None:
        return []
    name = f"{view.grows.membership_code}-{view.grows.membership_name}"
    text = _("Wordt {membership} op {day}.").format(
        membership=name, day=date_text(view.grows.begin_on)
    )
    if any(relation.kind == "payer" for relation in view.relations):
        text += " " + _("De betaler blijft (Gezin).")
    return [line(f" {text}", width, "hint")]


def _new_status(view: CustomerView) -> str:
    """Show the two marks Zwarte lijst and Ongeldig, as the newest period has them."""
    marks = (
        (MembershipStatus.BLACKLISTED, _("Zwarte lijst")),
        (MembershipStatus.ENDED, _("Ongeldig")),
    )
    return "  ".join(
        f"({'x' if view.block.status == status else ' '}) {words}" for status, words in marks
    )


def _tick(chosen: bool, words: str) -> str:
    return f"[{'x' if chosen else ' '}] {words}"
