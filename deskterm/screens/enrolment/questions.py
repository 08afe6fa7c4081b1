"""The pop-ups of enrolling: who it may be, which membership, what it costs, which account."""

from collections.abc import Sequence

from rich.cells import cell_len

from deskterm.screens.asks import Choice, Choose
from deskterm.screens.question import Question
from deskterm.screens.wording import short_status
from deskterm.text import N_, _, cents_text, date_text, long_date
from deskterm.views.enrolment import Candidate, Offer, Quote
from deskterm.widgets.sheet import BLANK, Row, Span, line

NEW_PERSON = "new"
_LIKENESS = {
    "same": N_("dezelfde naam en geboortedatum"),
    "twin": N_("tweeling? andere voornaam"),
    "maybe": N_("misschien dezelfde"),
}
_WORDS = 14


class ChooseFrom(Choose):
    """A list of answers with the cursor on one that need not be the first."""

    def __init__(
        self, heading: str, text: Sequence[str], choices: Sequence[Choice], at: str = ""
    ) -> None:
        super().__init__(heading, text, choices)
        self.at = at

    def draw(self) -> None:
        super().draw()
        # Only the first time: later drawings keep the cursor where staff put it.
        self.canvas.put_cursor(self.at or None)
        self.at = ""


class Alike(Choose):
    """Customers who may be the one at the desk, each with roles and membership."""

    def __init__(self, candidates: Sequence[Candidate]) -> None:
        choices = [
            Choice(str(one.actor_id), _("Dit is dezelfde persoon: {name}").format(name=one.name))
            for one in candidates
        ]
        new = Choice(NEW_PERSON, _("Nieuw: dit is iemand anders"), _("N"))
        super().__init__(_("Al bekend in de bibliotheek?"), (), (*choices, new))
        self.candidates = {str(one.actor_id): one for one in candidates}

    def content(self, width: int) -> Sequence[Row]:
        rows: list[Row] = []
        for row in super().content(width):
            rows.append(row)
            if row.key in self.candidates:
                about = self.candidates[row.key]
                rows += [line(f"     {text}", width, "dim") for text in described(about)]
        return rows


def described(one: Candidate) -> tuple[str, str]:
    """Two lines about somebody who may be the same."""
    who = (date_text(one.born), one.card_number, one.address, one.place)
    state = short_status(one.status) if one.status is not None else ""
    member = f"{one.membership_name} {state}".strip()
    what = (_(_LIKENESS.get(one.likeness, "")), member, *one.roles)
    return "  ".join(part for part in who if part), ", ".join(part for part in what if part)


def offer_choices(offers: Sequence[Offer], *, dated: bool = True) -> list[Choice]:
    """The memberships that this customer may have, with the price and maybe the last day."""
    choices = []
    for one in offers:
        note = f"€ {cents_text(one.price_cents):>7}"
        if dated:
            note = _("{price}   t/m {day}").format(price=note, day=date_text(one.end_on))
        name = f"{one.membership_code}-{one.membership_name}"
        choices.append(Choice(one.membership_code, name, note=note))
    return choices


class Cost(Question[str]):
    """Opbouw abonnementskosten; only Ctrl+S saves, so that a held Enter never enrols."""

    def __init__(self, quote: Quote) -> None:
        super().__init__()
        self.quote = quote
        self.heading = _("Opbouw abonnementskosten. Klant wordt gegenereerd; vestiging {branch}")
        self.heading = self.heading.format(branch=quote.branch_code)

    def content(self, width: int) -> Sequence[Row]:
        quote = self.quote
        month = f"{quote.expiry_month:02}"
        until = _("Geldig t/m {month} (vervalmaand:{number})").format(
            month=long_date(quote.end_on).partition(" ")[2], number=month
        )
        discount = f"€ {cents_text(quote.discount_cents)}"
        if quote.discount_name:
            discount = f"{discount}      {quote.discount_name}"
        return [
            _fact(_("Naam"), quote.name),
            _fact(_("Leeftijd"), "" if quote.age is None else str(quote.age)),
            _fact(_("Tariefcode"), quote.tariff_code),
            _fact(_("Vervalmaand"), month),
            _fact(_("Rechten t/m"), date_text(quote.end_on)),
            BLANK,
            line(_("Abonnementskosten"), width, "head"),
            *_price(f"€ {cents_text(quote.price_cents)}", until, width),
            _fact(_("Korting"), discount),
            _fact(_("Saldo"), f"€ {cents_text(quote.balance_cents)}"),
            BLANK,
            line(_("Ctrl+S Opslaan      Esc Een stap terug"), width, "hint"),
        ]

    async def submit(self) -> None:
        await self.answer("save")


def _price(amount: str, until: str, width: int) -> list[Row]:
    """What the membership costs and until when, beside each other where there is room."""
    row = _fact(_("Abonnement"), f"{amount}      {until}")
    if cell_len(row.text) <= width:
        return [row]
    return [_fact(_("Abonnement"), amount), _fact("", until)]


def _fact(words: str, value: str) -> Row:
    return Row((Span(f"{words:<{_WORDS}}", "label"), Span(" "), Span(value, "value")))
