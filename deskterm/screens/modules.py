"""What stands in the menus: Wise's eleven modules, and the submenus Klant and Afsluiten.

Each entry is an action; a module that is not there yet is greyed and says so.
"""

from dataclasses import dataclass

from deskterm.text import N_


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of a menu: its words and the action it stands for; no action is for later."""

    label: str
    action: str = ""


@dataclass(frozen=True, slots=True)
class Menu:
    """A menu by its name in the bar."""

    label: str
    entries: tuple[Entry, ...] = ()
    short: str = ""
    """The name in a bar that is too narrow for all eleven."""


MODULES = (
    Menu(N_("Balie"), (
        Entry(N_("Balie (zoekregel)"), "desk.line"),
        Entry(N_("Uitlenen"), "desk.lend"),
        Entry(N_("Innemen"), "desk.take_back"),
        Entry(N_("Wissel klant"), "customer.switch"),
    )),
    Menu(N_("Klanten"), (
        Entry(N_("Klantenadministratie"), "desk.line"),
        Entry(N_("Zoek klant"), "customer.search"),
        Entry(N_("Inlogaccounts die wachten of mislukt zijn"), "accounts.list"),
        Entry(N_("Ledenpassen van een lijst"), "cards.print"),
        Entry(N_("Afdruktaken"), "print.queue"),
        Entry(N_("Overzichten"), "menu.overviews"),
    )),
    Menu(N_("Financieel"), (
        Entry(N_("Dagoverzicht"), "till.day"),
        Entry(N_("Dagoverzicht naar CSV"), "till.export"),
        Entry(N_("Kastelling"), "till.count"),
        Entry(N_("Kassa")),
    ), N_("Fin.")),
    Menu(N_("Catalogus"), (Entry(N_("Zoeken in de catalogus"), "catalogue.search"),), N_("Cat.")),
    Menu(N_("Exemplaren"), (), N_("Ex.")),
    Menu(N_("Titels")),
    Menu(N_("Reserveringen"), (Entry(N_("Reserveren"), "hold.place"),), N_("Reserv.")),
    Menu(N_("Statistieken en selecties"), (), N_("Stat.")),
    Menu(N_("Berichten"), (), N_("Ber.")),
    Menu(N_("KSM")),
    Menu(N_("Vestigingsbeheer"), (
        Entry(N_("Wissel gebruiker"), "user.switch"),
        Entry(N_("Scherm vergrendelen"), "privacy.lock"),
        Entry(N_("Scherm afdekken"), "privacy.hide"),
        Entry(N_("Pincode wijzigen"), "user.pin"),
        Entry(N_("Aan welke balie zit ik"), "desk.choose"),
        Entry(N_("Donkere of lichte kleuren"), "theme.toggle"),
        Entry(N_("Nederlands of Engels"), "language.toggle"),
        Entry(N_("Programma afsluiten"), "app.quit"),
    ), N_("Vest.")),
)  # fmt: skip

CUSTOMER = Menu(N_("Klant"), (
    Entry(N_("Zoek klant"), "customer.search"),
    Entry(N_("Zoek klant (via vorige lijst)"), "list.previous"),
    Entry(N_("Zoek klant (op exemplaarnummer)"), "customer.search_item"),
    Entry(N_("Vorige klant"), "customer.previous"),
    Entry(N_("Wissel klant"), "customer.switch"),
    Entry(N_("Nieuwe klant toevoegen"), "customer.add"),
    Entry(N_("Nieuw gezinslid toevoegen"), "customer.add_relative"),
    Entry(N_("Gezin en adresgenoten"), "customer.family"),
    Entry(N_("Geleende exemplaren"), "customer.loans"),
    Entry(N_("Reserveringen"), "customer.holds"),
    Entry(N_("Leenhistorie"), "customer.history"),
    Entry(N_("Financieel"), "customer.financial"),
    Entry(N_("Meldingen"), "tab.5"),
    Entry(N_("Afrekenen"), "customer.settle"),
    Entry(N_("Herstel"), "customer.undo"),
    Entry(N_("Inlogaccount"), "customer.account"),
    Entry(N_("Overleden"), "customer.deceased"),
    Entry(N_("Print klantgegevens"), "customer.print"),
    Entry(N_("Wie keek"), "customer.viewers"),
    Entry(N_("Inzage geven"), "customer.insight"),
))  # fmt: skip

OVERVIEWS = Menu(N_("Overzichten"), (
    Entry(N_("Dubbele klanten"), "customers.duplicates"),
    Entry(N_("Seriemutatie van een selectie"), "customers.series"),
    Entry(N_("Zoekvraag bewaren"), "search.keep"),
    Entry(N_("Herstel"), "undo.list"),
))  # fmt: skip

CLOSE = Menu(N_("Afsluiten"), (Entry(N_("Einde sessie"), "session.end"),))
