"""What could not go back, in sentences that staff can act on."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from deskterm.services.edit.draft import as_text
from deskterm.services.labels import label, shown
from deskterm.text import N_, _

if TYPE_CHECKING:
    from deskterm.services.deeds.undoing import Left

_SILENT = frozenset(
    {
        "sort_key", "name_text", "contact_text", "place_key", "postcode_key", "street_key",
        "last_activity_on", "punches", "bypassed_checkins",
        "loans_this_year", "loans_last_year", "loans_total",
    }
)  # fmt: skip
"""Columns that are reckoned anew, or that tell of what was done since and stay right so."""
_THINGS: Mapping[str, str] = {
    "address": N_("Een adres"),
    "block": N_("Een blokkade"),
    "card": N_("Een pas"),
    "customer_label": N_("Een klantlabel"),
    "customer_profile": N_("Een profiel"),
    "customer_badge": N_("Een badge"),
    "customer_role": N_("Een rol"),
    "hold": N_("Een reservering"),
    "loan": N_("Een lening"),
    "login_account": N_("Het inlogaccount"),
    "message": N_("Een melding"),
    "membership_period": N_("Een abonnement"),
    "notification_preference": N_("Een berichtvoorkeur"),
    "relation": N_("Een relatie"),
}
_OTHER = N_("Een gegeven")


def sentences(left: "Sequence[Left]") -> tuple[str, ...]:
    """Say of everything that was left what it is; the same sentence once."""
    told = [_sentence(one) for one in left if not _is_silent(one)]
    return tuple(dict.fromkeys(told))


def _is_silent(one: "Left") -> bool:
    # What the account server told since is as true of the account afterwards.
    told_since = one.table == "login_account" and bool(one.column)
    return told_since or one.column in _SILENT


def _sentence(one: "Left") -> str:
    if one.table == "customer":
        values = {"field": label(one.column), "now": _value(one.column, one.now)}
        words = _("{field} blijft {now}, en wordt niet weer {before}.")
        return words.format(**values, before=_value(one.column, one.before))
    thing = _(_THINGS.get(one.table, _OTHER))
    if one.now is None:
        return _("{thing} is intussen weg, en komt niet terug.").format(thing=thing)
    return _("{thing} is intussen gewijzigd, en blijft zo.").format(thing=thing)


def _value(name: str, value: Any) -> str:
    return shown(name, as_text(value)) or _("leeg")
