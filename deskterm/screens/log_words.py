"""The change log in sentences: *Telefoon gewijzigd van 0592-1 in 06-2*, *Pas 2940… geblokkeerd*."""

from collections.abc import Mapping
from dataclasses import fields
from string import Formatter

from deskterm.screens.wording import (
    ADDRESS_KINDS,
    CARD_KINDS,
    DELIVERIES,
    SEXES,
    status_word,
    word,
)
from deskterm.services.debit.reasons import return_text
from deskterm.services.labels import label
from deskterm.services.log_actions import LOG_ACTIONS
from deskterm.services.log_codes import REASONS, list_of
from deskterm.text import N_, _
from deskterm.views.customer import CustomerView, LogLine, Person

_FLAG_COLUMNS = frozenset(column.name for column in fields(Person) if column.type is bool)
_FLAG_LISTS = frozenset({"profile", "badge", "label", "newsletter"})

OF_A_FIELD = {
    "edit": "",
    "import": N_("import"),
    "series": N_("seriemutatie"),
    "series.undo": N_("herstel van een seriemutatie"),
    "merge": N_("bij het samenvoegen"),
}
"""Actions that change a field as an edit does, and what is said behind it."""

SENTENCES: Mapping[str, tuple[str, ...]] = {
    "enrol": (N_("Ingeschreven met {new}"),),
    "membership.change": (
        N_("Abonnement {same} opnieuw begonnen"),
        N_("Abonnement gewijzigd van {old} in {new}"),
    ),
    "membership.renew": (
        N_("Abonnement {same} verlengd"),
        N_("Abonnement {old} verlengd met {new}"),
    ),
    "membership.end": (
        N_("Abonnement {old} beëindigd per {day}, reden {reason}"),
        N_("Abonnement {old} beëindigd per {new}"),
    ),
    "card.block": (N_("Pas {number} geblokkeerd"),),
    "card.unblock": (N_("Pas {number} gedeblokkeerd"),),
    "card.replace": (N_("Pas {old} vervangen door {new}"),),
    "card.new": (N_("Pas {old} vervangen door {new}"), N_("Pas {new} uitgegeven")),
    "card.extra": (N_("Volgpas {new} uitgegeven"),),
    "card.kind": (N_("Pas {number} gewijzigd van {old_kind} in {new_kind}"),),
    "card.undo": (
        N_("Uitgifte van pas {old} hersteld; pas {new} geldt weer"),
        N_("Uitgifte van pas {old} hersteld"),
    ),
    "role.start": (N_("Rol {new} begonnen"),),
    "role.end": (N_("Rol {old} beëindigd"),),
    "print.card": (N_("Pas {new} laten printen"),),
    "bounce": (N_("Incasso gestorneerd: {new}"),),
    "debit.reject": (N_("Incasso geweigerd: {new}"),),
    "hold.cancel": (N_("Reservering {number} vervallen"),),
    "account.link": (
        N_("Inlogaccount {new} gekoppeld in plaats van {old}"),
        N_("Inlogaccount {new} gekoppeld"),
    ),
    "account.made": (
        N_("Inlogaccount {new} gemaakt in plaats van {old}"),
        N_("Inlogaccount {new} gemaakt"),
    ),
    "account.active": (N_("Inlogaccount {new} geactiveerd"),),
    "account.renamed": (N_("Inlogaccount {old} heet nu {new}"),),
    "account.expired": (N_("Inlogaccount {old} verlopen"),),
    "account.forget": (N_("Inlogaccount {old} losgekoppeld"),),
    "merge.undo": (N_("Samenvoeging van actor-id {new} met {old} hersteld"),),
    # What it keeps beside the words is a seal over lines that were emptied, and for nobody to read.
    "privacy.erase": (N_("Persoonsgegevens gewist"),),
}
"""What is said of an action; the first of them for which all that it names is there."""
_MERGED = N_("Samengevoegd: actor-id {old} hoort nu bij {new}")
_OF_FIELD = (
    N_("{field} gewijzigd van {old} in {new}"),
    N_("{field} ingevuld: {new}"),
    N_("{field} gewist, was {old}"),
    N_("{field} gewijzigd"),
)
_OF_OTHERS = (
    N_("{what}: {field} {same}"),
    N_("{what}: {field} van {old} naar {new}"),
    N_("{what}: {field} {new}"),
    N_("{what}: {old} wordt {new}"),
    N_("{what}: {new}"),
    N_("{what}: {old} vervalt"),
    N_("{what}"),
)


def names_of(view: CustomerView) -> Mapping[str, str]:
    """What the codes in a customer's log are called, by their list: `role.ABO`."""
    names = dict(view.names)
    names |= {f"profile.{one.kind}.{one.code}": one.name for one in view.profiles}
    for one in (*view.labels, *view.newsletters, *view.badges):
        names[f"{one.kind}.{one.code}"] = one.name
    names |= {f"preference.{one.message_kind}": one.name for one in view.preferences}
    names |= {
        f"membership.{one.membership_code}": f"{one.membership_code}-{one.membership_name}"
        for one in view.periods
    }
    return names


def change_text(change: LogLine, names: Mapping[str, str]) -> str:
    """Say what a line of the log tells; an action without words of its own says its values.

    A code that `names` has no word for says itself.
    """
    values = _values(change, names)
    if change.action == "merge" and change.field == "actor_id":
        return _(_MERGED).format(**values)
    if change.field and (change.action in OF_A_FIELD or change.action not in LOG_ACTIONS):
        said = _field_text(change, values)
        behind = OF_A_FIELD.get(change.action, "")
        return f"{said} ({_(behind)})" if behind else said
    return _fitting((*SENTENCES.get(change.action, ()), *_OF_OTHERS), values)


def _field_text(change: LogLine, values: Mapping[str, str]) -> str:
    if not _is_flag(change.field):
        return _fitting(_OF_FIELD, values)
    words = _("{field} aangezet") if change.new == "1" else _("{field} uitgezet")
    return words.format(**values)


def _fitting(templates: tuple[str, ...], values: Mapping[str, str]) -> str:
    """The first template of which every value is there, else the last one, filled in."""
    *others, last = templates
    for template in others:
        names = (name for _text, name, _spec, _how in Formatter().parse(template) if name)
        if all(values[name] for name in names):
            return _(template).format(**values)
    return _(last).format(**values)


def _values(change: LogLine, names: Mapping[str, str]) -> dict[str, str]:
    old, new = (_shown(change.field, text, names) for text in (change.old, change.new))
    if change.action in ("bounce", "debit.reject"):
        new = return_text(new)
    number, _blank, rest = change.new.partition(" ")
    before, _blank, old_kind = change.old.partition(" ")
    return {
        "what": word(LOG_ACTIONS, change.action),
        "field": _field(change.field, names),
        "old": old,
        "new": new,
        "same": new if old == new else "",
        "day": number,
        "reason": names.get(f"{REASONS}.{rest}", rest),
        "number": number or before,
        "old_kind": word(CARD_KINDS, old_kind),
        "new_kind": word(CARD_KINDS, rest),
    }


def _shown(field: str, text: str, names: Mapping[str, str]) -> str:
    """What a line holds of a field, with words for codes."""
    if field == "membership_status":
        return _status(text, names)
    if field == "membership":
        return names.get(f"membership.{text}", text)
    if field.startswith("preference."):
        return word(DELIVERIES, text)
    if field == "sex":
        return word(SEXES, text)
    if field.startswith("address.") and field.endswith(".kind"):
        return word(ADDRESS_KINDS, text)
    return names.get(f"{list_of(field)}.{text}", text)


def _field(name: str, names: Mapping[str, str]) -> str:
    """A field in words; that of a further address says which one it was."""
    words = label(name, names.get(name, "")) if name else ""
    subject, _point, rest = name.partition(".")
    number = rest.partition(".")[0]
    if subject == "address" and number.isdecimal() and number != "1":
        return _("{field} van adres {number}").format(field=words, number=number)
    return words


def _status(text: str, names: Mapping[str, str]) -> str:
    """A status 1-9 in words, with the reason that may stand behind it."""
    status, _blank, code = text.partition(" ")
    if not (status.isdecimal() and 1 <= int(status) <= 9):
        return text
    words, reason = status_word(int(status)), names.get(f"{REASONS}.{code}", code)
    return _("{status}, reden {reason}").format(status=words, reason=reason) if reason else words


def _is_flag(name: str) -> bool:
    """Tell whether a field holds yes or no, which the log keeps as `1` and nothing."""
    subject, _point, rest = name.partition(".")
    if subject == "block":
        return not rest.endswith(".note")
    return name in _FLAG_COLUMNS or subject in _FLAG_LISTS
