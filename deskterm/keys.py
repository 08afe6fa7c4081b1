"""The one table of actions: what staff can do, with which keys, and where.

Footer, F1, menus, palette, the README's table and the user's own keys all come from it. Keys have
Textual's names. The defaults arrive over plain SSH, in PuTTY, tmux, screen, rxvt and on the Linux
console (tests/keys proves it byte by byte). Those of Wise keep Wise's meaning; the rest is ours.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import Enum, auto


def N_(msgid: str) -> str:
    """Mark a text for the catalogue; it is translated where it is shown."""
    return msgid


class Where(Enum):
    """Where a key means something; one of these at a time holds the keyboard."""

    EVERYWHERE = auto()
    """In all of the places below, pop-ups too."""
    DESK = auto()
    """The desk line."""
    SEARCH = auto()
    """The fields of the search screen."""
    LIST = auto()
    """A list of customers, loans or money."""
    CUSTOMER = auto()
    """The customer screen in read mode."""
    EDIT = auto()
    """A form."""
    QUESTION = auto()
    """A pop-up."""


@dataclass(frozen=True, slots=True)
class Action:
    """One thing staff can do. ``label`` and ``help`` are message ids."""

    id: str
    keys: tuple[str, ...]
    label: str
    help: str
    where: tuple[Where, ...]
    right: str | None = None
    """The right it needs (``deskterm.rules.rights.Right``), if any."""


def overlap(one: Action, other: Action) -> bool:
    """Tell whether two actions can be meant at the same place."""
    shared = set(one.where) & set(other.where)
    return bool(shared) or Where.EVERYWHERE in (*one.where, *other.where)


def normal_key(key: str) -> str:
    """Write a key as the table does: ``A`` is ``a``, ``alt+shift+k`` is ``alt+k``."""
    if len(key) == 1 or key.startswith("alt+shift+"):
        return key.replace("shift+", "").lower()
    return key


_EVERYWHERE = (Where.EVERYWHERE,)
_PLACES = (Where.DESK, Where.SEARCH, Where.LIST, Where.CUSTOMER)
_PLACES_AND_FORMS = (*_PLACES, Where.EDIT)
_CUSTOMER = (Where.CUSTOMER,)
_CUSTOMER_AND_FORMS = (Where.CUSTOMER, Where.EDIT)
_ABOUT_A_CUSTOMER = (Where.DESK, Where.LIST, Where.CUSTOMER)


def _action(
    name: str, keys: str, label: str, text: str, where: tuple[Where, ...], right: str | None = None
) -> Action:
    return Action(name, tuple(keys.split()), label, text, where, right)


# One action is two lines: what it is, and what it says.
# fmt: off
_VERBS = (
    _action("help.show", "f1",
            N_("Help"), N_("Uitleg en toetsen van dit scherm"), _EVERYWHERE),
    _action("customer.search", "f2 alt+z",
            N_("Zoek klant"), N_("Naar het zoekscherm"), _PLACES_AND_FORMS, "customer.read"),
    _action("customer.previous", "f3",
            N_("Vorige klant"), N_("De vorige klant weer openen"), _PLACES, "customer.read"),
    _action("loan.cancel_mode", "f4",
            N_("Annuleren"), N_("De volgende uitlening ongedaan maken"), _PLACES, "loan"),
    _action("desk.lend", "f5",
            N_("Uitlenen"), N_("Naar het uitleenscherm"), _PLACES, "loan"),
    _action("desk.take_back", "f6",
            N_("Innemen"), N_("Naar het inneemscherm"), _PLACES, "loan"),
    _action("loan.inspection_mode", "f7",
            N_("Inzage"), N_("De volgende uitlening is ter inzage"), _PLACES, "loan"),
    _action("row.actions", "f8 shift+f10",
            N_("Acties"), N_("Wat met deze regel kan"),
            (Where.LIST, Where.CUSTOMER, Where.EDIT)),
    _action("customer.loans", "f9",
            N_("Geleend"), N_("Geleende exemplaren van de klant"),
            _ABOUT_A_CUSTOMER, "customer.read"),
    _action("menu.open", "f10",
            N_("Menu"), N_("De menubalk"), _PLACES_AND_FORMS),
    _action("session.end", "f12",
            N_("Einde sessie"), N_("Deze klant afsluiten"), _PLACES_AND_FORMS),
    _action("catalogue.search", "alt+c",
            N_("Catalogus"), N_("Een exemplaar zoeken in de catalogus"), (Where.DESK,)),
    _action("hold.place", "alt+r",
            N_("Reserveer"), N_("Een titel reserveren"), (Where.DESK,), "hold"),
    _action("edit.start", "alt+w",
            N_("Wijzig"), N_("De gegevens van dit tabblad wijzigen"), _CUSTOMER, "customer.edit"),
    _action("edit.save", "ctrl+s",
            N_("Opslaan"), N_("Opslaan, of de eerste knop van wat openstaat"),
            (Where.EDIT, Where.SEARCH, Where.QUESTION)),
    _action("edit.cancel", "escape",
            N_("Annuleer"), N_("Een stap terug"),
            (Where.SEARCH, Where.LIST, Where.CUSTOMER, Where.EDIT, Where.QUESTION)),
    _action("edit.address", "alt+p",
            N_("Adres zoeken"), N_("Het adres bij postcode en huisnummer zoeken of kiezen"),
            (Where.EDIT,)),
    _action("scans.drop", "escape",
            N_("Scans wissen"), N_("Wachtende scans laten vervallen"), (Where.DESK,)),
    _action("customer.enrol", "alt+i",
            N_("Inschrijven"), N_("De klant opnieuw inschrijven"), _CUSTOMER, "customer.enrol"),
    _action("customer.settle", "alt+e",
            N_("Afrekenen"), N_("Openstaande bedragen afrekenen"), _CUSTOMER, "payment"),
    _action("customer.delete", "alt+v",
            N_("Verwijder"), N_("De klant verwijderen"), _CUSTOMER, "customer.delete"),
    _action("customer.series", "alt+s",
            N_("Seriemutatie"), N_("Wijzigen voor iedereen op dit adres"),
            _CUSTOMER, "customer.edit"),
    _action("customer.merge", "alt+d",
            N_("Ontdubbelen"), N_("Dubbele klanten samenvoegen"),
            _CUSTOMER_AND_FORMS, "customer.merge"),
    _action("customer.undo", "",
            N_("Herstel"), N_("Wat bij deze klant terug kan"), _CUSTOMER, "customer.read"),
    _action("undo.list", "",
            N_("Herstel, overzicht"), N_("Wat van deze vestiging en balie terug kan"),
            _PLACES, "customer.read"),
    _action("customer.quit", "alt+q",
            N_("Quit"), N_("Terug naar het vorige scherm"), _CUSTOMER_AND_FORMS),
    _action("menu.customer", "alt+k",
            N_("Klant"), N_("Het menu Klant"), _PLACES_AND_FORMS),
    _action("menu.close", "alt+a",
            N_("Afsluiten"), N_("Het menu Afsluiten"), _PLACES_AND_FORMS),
    _action("list.open", "alt+o",
            N_("OK"), N_("De gekozen klant openen"),
            (Where.DESK, Where.SEARCH, Where.LIST)),
    _action("search.clear", "alt+n",
            N_("Wis velden"), N_("Opnieuw zoeken met lege velden"), (Where.SEARCH, Where.LIST)),
    _action("list.previous", "ctrl+r",
            N_("Vorige lijst"), N_("Terug naar de vorige lijst en regel"),
            _PLACES, "customer.read"),
    _action("customer.family", "ctrl+g",
            N_("Gezin"), N_("Gezin, adresgenoten en relaties op een scherm"),
            (Where.DESK, Where.SEARCH, Where.LIST, Where.CUSTOMER), "customer.read"),
    _action("customer.switch", "ctrl+o",
            N_("Wissel klant"), N_("Naar een andere open klant"),
            _PLACES_AND_FORMS, "customer.read"),
    _action("customer.holds", "alt+l",
            N_("Reserveringen"), N_("Reserveringen van de klant"), _CUSTOMER, "customer.read"),
    _action("customer.history", "alt+h",
            N_("Leenhistorie"), N_("Wat de klant eerder leende"), _CUSTOMER, "customer.read"),
    _action("customer.financial", "alt+g",
            N_("Financieel"), N_("Open en betaalde bedragen"), _CUSTOMER, "customer.read"),
    _action("customer.search_item", "",
            N_("Zoek op exemplaarnummer"), N_("Wie heeft dit exemplaar?"),
            _PLACES, "customer.read"),
    _action("customer.add", "alt+t",
            N_("Nieuwe klant toevoegen"), N_("Een nieuwe klant inschrijven"),
            _PLACES, "customer.enrol"),
    _action("till.day", "",
            N_("Dagoverzicht"), N_("Wat er vandaag ontvangen is"), _PLACES, "payment"),
    _action("till.export", "",
            N_("Dagoverzicht naar CSV"), N_("Het dagoverzicht in een bestand"), _PLACES, "payment"),
    _action("till.count", "",
            N_("Kastelling"), N_("De kas tellen en afstorten"), _PLACES, "payment"),
    _action("customer.add_relative", "alt+n",
            N_("Nieuw gezinslid"), N_("Een gezinslid inschrijven op hetzelfde adres"),
            _CUSTOMER, "customer.enrol"),
    _action("customer.deceased", "",
            N_("Overleden"), N_("De klant als overleden opslaan, met alles wat daarbij hoort"),
            _CUSTOMER, "customer.enrol"),
    _action("customer.print", "",
            N_("Print klantgegevens"), N_("Pas, inschrijfbewijs, overzichten en bon printen"),
            _CUSTOMER, "customer.read"),
    _action("card.print", "",
            N_("Ledenpas printen"), N_("De pas van deze klant printen"),
            _CUSTOMER, "card.replace"),
    _action("cards.print", "",
            N_("Ledenpassen van een lijst"), N_("De passen van een klas of groep printen"),
            _PLACES, "card.replace"),
    _action("customers.series", "",
            N_("Seriemutatie van een selectie"), N_("Veel klanten in een keer wijzigen"),
            _PLACES, "customer.edit"),
    _action("search.keep", "",
            N_("Zoekvraag bewaren"), N_("Deze zoekvraag onder een naam bewaren"),
            (Where.SEARCH, Where.LIST), "customer.edit"),
    _action("print.queue", "",
            N_("Afdruktaken"), N_("Wat deze balie print en geprint heeft"),
            _PLACES, "customer.read"),
    _action("customer.account", "",
            N_("Inlogaccount"), N_("Het inlogaccount van de klant, en wat ermee kan"),
            _CUSTOMER, "customer.enrol"),
    _action("accounts.list", "",
            N_("Inlogaccounts"), N_("Inlogaccounts die wachten of mislukt zijn"),
            _PLACES, "customer.enrol"),
    _action("menu.overviews", "",
            N_("Overzichten"), N_("Het menu Overzichten"), _PLACES),
    _action("customers.duplicates", "",
            N_("Dubbele klanten"), N_("Wie in deze vestiging twee keer in het bestand staat"),
            _PLACES, "customer.merge"),
    _action("tab.next", "ctrl+pagedown",
            N_("Volgend tabblad"), N_("Naar het volgende tabblad"), _CUSTOMER_AND_FORMS),
    _action("tab.previous", "ctrl+pageup",
            N_("Vorig tabblad"), N_("Naar het vorige tabblad"), _CUSTOMER_AND_FORMS),
    _action("desk.line", "ctrl+t",
            N_("Terug naar balie"), N_("Naar de balieregel"), _PLACES_AND_FORMS),
    _action("user.switch", "ctrl+n",
            N_("Wissel gebruiker"), N_("Een andere medewerker meldt zich aan"), _PLACES),
    _action("privacy.lock", "ctrl+l",
            N_("Vergrendel"), N_("Het scherm leegmaken tot iemand zich aanmeldt"), _EVERYWHERE),
    _action("privacy.hide", "ctrl+y",
            N_("Afdekken"), N_("Het scherm afdekken, tot dezelfde toets het weer toont"),
            _EVERYWHERE),
    _action("customer.viewers", "",
            N_("Wie keek"), N_("Wie deze klant geopend heeft, en wanneer"),
            _CUSTOMER, "staff.manage"),
    _action("customer.insight", "",
            N_("Inzage geven"), N_("Alles van deze klant in een bestand"), _CUSTOMER, "export"),
    _action("user.pin", "",
            N_("Pincode wijzigen"), N_("Een andere pincode kiezen"), _PLACES),
    _action("desk.choose", "",
            N_("Balie kiezen"), N_("Zeggen aan welke balie deze pc staat"), _PLACES),
    _action("theme.toggle", "",
            N_("Donkere of lichte kleuren"), N_("Wisselen tussen donker en licht"),
            _PLACES_AND_FORMS),
    _action("language.toggle", "",
            N_("Nederlands of Engels"), N_("Wisselen van taal"), _PLACES),
    _action("palette", "ctrl+p",
            N_("Opdrachten"), N_("Alles wat nu kan, op naam"), _PLACES_AND_FORMS),
    _action("app.quit", "ctrl+q",
            N_("Stoppen"), N_("Het programma verlaten"), _EVERYWHERE),
)
# fmt: on

_TABS = (
    ("1", N_("Klant")),
    ("2", N_("NAW-Gegevens")),
    ("3", N_("Contributie")),
    ("4", N_("Overig")),
    ("5", N_("Meldingen")),
    ("6", N_("Eigenschappen-1")),
    ("7", N_("Eigenschappen-2")),
    ("8", N_("Passen")),
    ("9", N_("Marketing")),
    ("A", N_("Rollen")),
    ("B", N_("Profielen")),
    ("C", N_("Badges")),
)


def _tab(mark: str, label: str) -> Action:
    # Alt+A opens a menu and Alt+B is no key of its own on a terminal: those tabs have the letter.
    keys = (mark, f"alt+{mark}") if mark.isdigit() else (mark.lower(),)
    where = _CUSTOMER_AND_FORMS if mark.isdigit() else _CUSTOMER
    return Action(f"tab.{mark}", keys, label, N_("Naar dit tabblad"), where)


ACTIONS: tuple[Action, ...] = (*_VERBS, *(_tab(mark, label) for mark, label in _TABS))
"""Every action, in the order that help and menus show them."""

BY_ID: Mapping[str, Action] = {action.id: action for action in ACTIONS}

_TYPING = frozenset({Where.DESK, Where.SEARCH, Where.EDIT, Where.QUESTION})
"""Where a single character is typed into a field, or waits for the rest of a scan."""


@dataclass(frozen=True, slots=True)
class Keymap:
    """Which keys each action has: the defaults, or the user's own."""

    keys: Mapping[str, tuple[str, ...]]

    def keys_of(self, action_id: str) -> tuple[str, ...]:
        """Give the keys of an action; none for one that has no key."""
        return self.keys.get(action_id, ())

    def shown_key(self, action_id: str) -> str:
        """Give the first key as people write it, or an empty text."""
        keys = self.keys_of(action_id)
        return key_name(keys[0]) if keys else ""

    def alt_letter(self, action_id: str) -> str:
        """Give the letter to underline in the label: that of the Alt key, in upper case."""
        letters = (key.removeprefix("alt+") for key in self.keys_of(action_id) if "alt+" in key)
        return next((letter.upper() for letter in letters if letter.isalpha()), "")

    def action_for(self, key: str, where: Where) -> Action | None:
        """Give the action that a key means at a place, or None."""
        wanted = normal_key(key)
        if len(wanted) == 1 and where in _TYPING:
            return None
        return next((a for a in self.possible(where) if wanted in self.keys_of(a.id)), None)

    def possible(self, where: Where) -> Iterator[Action]:
        """Give the actions that belong to a place, those of everywhere last."""
        yield from (action for action in ACTIONS if where in action.where)
        yield from (action for action in ACTIONS if Where.EVERYWHERE in action.where)

    def navigation(self) -> str:
        """Give the characters that jump to tabs in read mode: what the scan gate must know."""
        return "".join(
            key for name in self.keys if name.startswith("tab.") for key in self.keys_of(name)
            if len(key) == 1
        )  # fmt: skip


def default_keymap() -> Keymap:
    """Give the keys as they are when the user says nothing."""
    return Keymap({action.id: action.keys for action in ACTIONS})


_NAMES = {"escape": "Esc", "pageup": "PgUp", "pagedown": "PgDn", "enter": "Enter"}


def key_name(key: str) -> str:
    """Write a key as people do: ``alt+z`` is ``Alt+Z``, ``ctrl+pageup`` is ``Ctrl+PgUp``."""
    return "+".join(_NAMES.get(part, part.capitalize()) for part in key.split("+"))


@dataclass(frozen=True, slots=True)
class TableRow:
    """One line of the key table; ``label`` and ``help`` are message ids."""

    id: str
    keys: str
    label: str
    help: str
    where: tuple[Where, ...]


def table_rows(keymap: Keymap | None = None, where: Where | None = None) -> tuple[TableRow, ...]:
    """Give the key table for F1, ``deskterm keys`` and the README, of one place or of all."""
    keymap = keymap or default_keymap()
    actions = ACTIONS if where is None else tuple(keymap.possible(where))
    return tuple(
        TableRow(a.id, ", ".join(map(key_name, keymap.keys_of(a.id))), a.label, a.help, a.where)
        for a in actions
    )
