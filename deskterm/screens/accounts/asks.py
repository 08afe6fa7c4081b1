"""The pop-ups about login accounts: looking one up, and what became of generating one."""

from collections.abc import Sequence
from datetime import datetime
from time import monotonic

from textual.app import ComposeResult
from textual.widgets import Input

from deskterm.screens.accounts.states import later_reminder, reminder
from deskterm.screens.asks import Notice, TypeIn
from deskterm.text import _
from deskterm.views.accounts import AccountOutcome, FoundAccount
from deskterm.widgets.sheet import BLANK, Row, Span, cut, line, pad, wrap

HELP = "accounts"
LONGEST = 254
"""Characters of a user name that can be typed: some providers take a mail address for one."""
_WORDS = 14
_TOO_SOON = 0.3
"""Seconds in which an Esc was still meant for the pop-up that waited."""


def fact(words: str, value: str, width: int) -> Row:
    """A label and what stands behind it."""
    shown = cut(value, max(1, width - _WORDS - 1))
    return Row((Span(pad(words, _WORDS), "label"), Span(" "), Span(shown, "value")))


class SearchAccount(TypeIn):
    """Bestaand inlogaccount zoeken: Enter looks a user name up, Ctrl+S takes what was found."""

    help_page = HELP

    def __init__(
        self, username: str, found: FoundAccount | None, said: Sequence[str], warned: str
    ) -> None:
        """`said` is why nothing was found; `warned` is who else has what was."""
        fields = (("username", _("Inlogaccount gebruikersnaam (Hoofdlettergevoelig)"), False),)
        super().__init__(_("Bestaand inlogaccount zoeken"), (), fields)
        self.username = username
        self.found = found
        self.missing = said
        self.warned = warned

    def prepare(self) -> None:
        super().prepare()
        typed = self.query_one(Input)
        typed.max_length = LONGEST
        if self.username and not typed.value:
            self.fill("username", self.username)
            # Typing another name replaces the one that was not found.
            typed.action_select_all()

    def compose(self) -> ComposeResult:
        """The field stands first and what was found below it, as in the seed."""
        yield from self.inputs()
        yield self.canvas

    def content(self, width: int) -> Sequence[Row]:
        if self.found is None:
            said = self.missing or (_("Vraag de klant naar de gebruikersnaam."),)
            rows = [
                row
                for at, text in enumerate(said)
                for row in wrap(text, width, "bad" if self.missing and not at else "value")
            ]
            hint = line(_("Enter Zoeken      Esc Een stap terug"), width, "hint")
            return [*rows, BLANK, hint]
        rows = [
            line(_("Resultaat"), width, "head"),
            fact(_("Gebruikersnaam"), self.found.username, width),
            fact(_("E-mail"), self.found.email, width),
        ]
        if not self.found.active:
            rows.append(line(_("Dit account is nog niet geactiveerd."), width, "hint"))
        rows += wrap(self.warned, width, "bad") if self.warned else []
        hint = line(_("Ctrl+S OK, Vervolg      Esc Een stap terug"), width, "hint")
        return [*rows, BLANK, hint]

    async def submit(self) -> None:
        """OK, Vervolg with what was found, as long as the name is still the one looked up."""
        typed = self.query_one(Input).value
        take = self.found is not None and typed.strip() == self.found.username
        if take or typed.strip():
            await self.answer({"username": typed, "take": "1" if take else ""})

    async def take_key(self, key: str, character: str | None) -> None:
        if key == "enter":
            typed = self.query_one(Input).value
            if typed.strip():
                await self.answer({"username": typed, "take": ""})
            return
        await super().take_key(key, character)


class Generated(Notice):
    """Genereer inlogaccount: what became of it, and what to tell the customer."""

    help_page = HELP

    def __init__(
        self, outcome: AccountOutcome, now: datetime, usual_hours: int, *, by_code: bool = False
    ) -> None:
        """The last two are those of `states.reminder`."""
        super().__init__(_("Genereer inlogaccount"), ())
        self.outcome = outcome
        self.now = now
        self.usual_hours = usual_hours
        self.by_code = by_code

    def content(self, width: int) -> Sequence[Row]:
        return [*self._told(width), BLANK, *super().content(width)]

    def _reminder(self) -> str:
        return reminder(self.outcome, self.now, self.usual_hours, by_code=self.by_code)

    def _told(self, width: int) -> list[Row]:
        outcome = self.outcome
        mail = fact(_("E-mail"), outcome.email, width)
        why = wrap(outcome.why, width, "dim") if outcome.why else []
        if outcome.state == "made":
            return [
                line(_("Genereren van inlogaccount gelukt"), width, "head"),
                BLANK,
                fact(_("Gebruikersnaam"), outcome.username, width),
                mail,
                BLANK,
                *wrap(self._reminder(), width, "value"),
            ]
        if outcome.state == "queued":
            said = _(
                "Inlogaccount staat in de wachtrij; de klant krijgt de mail zodra de accountdienst "
                "bereikbaar is."
            )
            hint = later_reminder(self.usual_hours, by_code=self.by_code)
            return [
                *wrap(said, width, "value"), BLANK, mail, BLANK,
                *([*why, BLANK] if why else []), *wrap(hint, width, "value"),
            ]  # fmt: skip
        hint = _(
            "Al het andere is opgeslagen. Bij de klant, onder Klant, Inlogaccount: probeer "
            "opnieuw of koppel een bestaand inlogaccount."
        )
        return [
            line(_("Genereren van inlogaccount mislukt"), width, "bad"),
            BLANK,
            *(wrap(outcome.why, width, "bad") if outcome.why else []),
            BLANK,
            *wrap(hint, width, "value"),
        ]

    async def take_key(self, key: str, character: str | None) -> None:
        if key == "escape" and monotonic() < self.shown_at + _TOO_SOON:
            return
        await super().take_key(key, character)
