"""What is said of a customer's login account: its state with the deadline, and what to do next."""

from datetime import datetime, timedelta

from deskterm.services.desk import LOCAL
from deskterm.text import N_, _, ngettext
from deskterm.views.accounts import AccountOutcome, AccountView
from deskterm.widgets.sheet import Look, Row, Span, cut, line, pad, wrap

_DAYS = (N_("ma"), N_("di"), N_("wo"), N_("do"), N_("vr"), N_("za"), N_("zo"))
_STATES = {
    "none": N_("geen"),
    "queued": N_("in de wachtrij"),
    "pending": N_("wacht op activatie"),
    "active": N_("actief"),
    "expired": N_("verlopen"),
    "failed": N_("mislukt"),
    "unknown": N_("niet gecontroleerd"),
}
_NEXT = {
    "expired": N_("Vergeet inlogaccount, en genereer daarna een nieuw inlogaccount."),
    "queued": N_("De klant krijgt de mail zodra de accountdienst bereikbaar is."),
    "unknown": N_("Inlogaccount verversen vraagt de accountdienst ernaar."),
    "failed": N_("Probeer opnieuw, of koppel een bestaand inlogaccount."),
}
_LONGEST_DEADLINE = timedelta(days=31)
_LABEL = 21
"""Cells of a label on that tab."""


def deadline_text(at: datetime) -> str:
    """A moment of the next days as staff say it: `za 22-11 20:40`."""
    local = at.astimezone(LOCAL)
    return f"{_(_DAYS[local.weekday()])} {local:%d-%m %H:%M}"


def state_text(account: AccountView) -> str:
    """The state in a few words, with its deadline or what went wrong."""
    words = _(_STATES[account.state])
    if account.state == "pending" and account.expires_at is not None:
        until = deadline_text(account.expires_at)
        return _("{state}, verloopt {until}").format(state=words, until=until)
    if account.state in ("queued", "failed") and account.error:
        return f"{words}. {account.error}"
    return words


def advice(account: AccountView) -> str:
    """What staff can do about it; nothing where all is well."""
    return _(_NEXT[account.state]) if account.state in _NEXT else ""


def account_rows(account: AccountView, width: int) -> list[Row]:
    """The account on the customer's tab: whose it is, its state, and what to do about it."""
    room = max(1, width - _LABEL - 2)
    who = account.username
    if account.email and account.is_living:
        who = _("{name}   (e-mail {address})").format(name=who, address=account.email)
    look: Look = "bad" if account.state in ("expired", "failed") else "value"
    rows = [Row((_label(_("Gebruikersnaam")), Span(cut(who, room), "value")))]
    for index, row in enumerate(wrap(state_text(account), room, look)):
        rows.append(Row((_label("" if index else _("Inlogaccount")), *row.spans)))
    if advice(account):
        rows.append(line(f" {advice(account)}", width, "hint"))
    return rows


def _label(words: str) -> Span:
    return Span(f" {pad(words, _LABEL)} ", "label")


def reminder(
    outcome: AccountOutcome, now: datetime, usual_hours: int, *, by_code: bool = False
) -> str:
    """What to tell the customer of the mail, and until when its link holds (seed document 1).

    `usual_hours` is how long that is when the provider did not say until when; `by_code` where
    the mail has a code, as the library keeps its accounts itself.
    """
    hours, until, end = usual_hours, "", outcome.expires_at
    # A deadline by a clock that stands on another day than the desk's would only mislead.
    if end is not None and timedelta() < end - now < _LONGEST_DEADLINE:
        hours = max(1, round((end - now) / timedelta(hours=1)))
        until = _(", tot {moment}").format(moment=deadline_text(end))
    words = ngettext(
        "LET OP! De klant krijgt een mail om het adres te bevestigen en een wachtwoord te maken, "
        "en moet dat binnen {count} uur doen{until}. Zeg dit erbij.",
        "LET OP! De klant krijgt een mail om het adres te bevestigen en een wachtwoord te maken, "
        "en moet dat binnen {count} uur doen{until}. Zeg dit erbij.",
        hours,
    )
    if by_code:
        words = ngettext(
            "LET OP! De klant krijgt een mail met een code, en moet die binnen {count} uur "
            "gebruiken{until}: bij de zelfservice, of hier aan de balie bij Klant, Inlogaccount. "
            "Zeg dit erbij.",
            "LET OP! De klant krijgt een mail met een code, en moet die binnen {count} uur "
            "gebruiken{until}: bij de zelfservice, of hier aan de balie bij Klant, Inlogaccount. "
            "Zeg dit erbij.",
            hours,
        )
    return words.format(count=hours, until=until)


def later_reminder(usual_hours: int, *, by_code: bool = False) -> str:
    """What to tell the customer of a mail that is still to come."""
    if by_code:
        words = ngettext(
            "De code in die mail is {count} uur geldig. Zeg dit erbij.",
            "De code in die mail is {count} uur geldig. Zeg dit erbij.",
            usual_hours,
        )
        return words.format(count=usual_hours)
    words = ngettext(
        "De link in die mail is {count} uur geldig. Zeg dit erbij.",
        "De link in die mail is {count} uur geldig. Zeg dit erbij.",
        usual_hours,
    )
    return words.format(count=usual_hours)
