"""How open lines are settled: the last pop-up of Afrekenen."""

from collections.abc import Sequence

from deskterm.screens.asks import Choice, Choose
from deskterm.screens.money.tally import Tallied
from deskterm.text import _, cents_text

CASH, CASH_KEPT, PIN, CREDIT = "cash", "cash-kept", "pin", "credit"
REGISTER, WAIVE = "register", "waive"
JOURNALS = {CASH: "K000", CASH_KEPT: "K000", PIN: "B000", CREDIT: "R000"}
"""The journal (dagboek) of each way to pay."""


class Means(Choose):
    """The ways to settle. None is the default: an Enter too many pays and waives nothing."""

    help_page = "settle"

    def __init__(self, tallied: Tallied, credit_cents: int, refusal: Sequence[str] = ()) -> None:
        asked = [_("Hoe? Kies met Alt en de letter, of met de pijltjes en Enter.")]
        choices = ways(tallied, credit_cents)
        super().__init__(_("Afrekenen"), refusal or asked, choices, bad=bool(refusal))
        self.walked = False

    def draw(self) -> None:
        super().draw()
        if not self.walked:
            self.canvas.cursor = -1
            self.canvas.refresh()

    async def take_key(self, key: str, character: str | None) -> None:
        self.walked = self.walked or key in ("up", "down", "pageup", "pagedown")
        await super().take_key(key, character)


def ways(tallied: Tallied, credit_cents: int) -> list[Choice]:
    """The ways to settle what was tallied, each with what it comes to or why it cannot be."""
    change = tallied.change_cents
    received = cents_text(tallied.received_cents)
    back = _("{change} terug").format(change=cents_text(change))
    kept = _("{change} wordt tegoed").format(change=cents_text(change))
    due = cents_text(tallied.due_cents)
    choices = [Choice(CASH, _("Contant"), "C", note=back if change else received)]
    if change:
        choices.append(Choice(CASH_KEPT, _("Contant, wisselgeld wordt tegoed"), "W", note=kept))
    choices += [
        Choice(PIN, _("Pin"), "P", note=kept if change else received),
        Choice(CREDIT, _("Tegoed"), "T", _no_credit(tallied, credit_cents), received),
        Choice(REGISTER, _("Registreren"), "R",
               note=_("{amount} blijft open").format(amount=due)),
        Choice(WAIVE, _("Kwijtschelden"), "K", note=due),
    ]  # fmt: skip
    return choices


def _no_credit(tallied: Tallied, credit_cents: int) -> str:
    if credit_cents < tallied.received_cents:
        return _("het tegoed is {credit}").format(credit=cents_text(credit_cents))
    if tallied.change_cents:
        return _("meer dan er open staat")
    return ""
