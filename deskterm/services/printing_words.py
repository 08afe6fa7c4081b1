"""What a printer's trouble means for who stands at it: every reason, as one sentence.

A reason says the same of a job that waits, fails or is unknown; what came of the job is said by
its state.
"""

from deskterm.printing.model import Reason
from deskterm.text import N_, _

SENTENCES = {
    Reason.OFFLINE: N_("Printer reageert niet. Staat hij aan?"),
    Reason.NOT_CONNECTED: N_("Printer niet gevonden. Zit de kabel erin en staat hij aan?"),
    Reason.NO_ANSWER: N_("Printer geeft geen antwoord. Zet hem uit en weer aan."),
    Reason.NO_ADDRESS: N_("Het adres van de printer is onbekend. Vraag de beheerder."),
    Reason.NO_ACCESS: N_("deskterm mag hier niet printen of schrijven. Vraag de beheerder."),
    Reason.NO_LIBRARY: N_("Op deze pc ontbreekt software voor de printer. Vraag de beheerder."),
    Reason.NO_FOLDER: N_("De map voor het geprinte is er niet. Vraag de beheerder."),
    Reason.NOT_FOUND: N_("Deze printer bestaat niet op de printserver. Vraag de beheerder."),
    Reason.REFUSED: N_("Printer weigert de opdracht. Vraag de beheerder."),
    Reason.NOT_TRUSTED: N_("Het certificaat van de printer klopt niet. Vraag de beheerder."),
    Reason.BAD_ANSWER: N_("Op het adres van de printer antwoordt iets anders. Vraag de beheerder."),
    Reason.NOT_ACCEPTING: N_("Printer neemt geen opdrachten aan. Vraag de beheerder."),
    Reason.PAUSED: N_("Printer staat op pauze. Druk op de knop van de printer."),
    Reason.BUSY: N_("Printer is nog met iets anders bezig."),
    Reason.MEDIA: N_("In de printer zit een ander formaat papier of pas. Vraag de beheerder."),
    Reason.FORM: N_("Deze printer kan dit niet printen. Kies een andere printer."),
    Reason.DISK_FULL: N_("De schijf is vol. Maak ruimte of vraag de beheerder."),
    Reason.PAPER_OUT: N_("Papier op. Vul het bij."),
    Reason.PAPER_LOW: N_("Papier bijna op. Leg een nieuwe rol klaar."),
    Reason.COVER_OPEN: N_("De klep van de printer staat open. Doe hem dicht."),
    Reason.CUTTER: N_(
        "Het mes van de printer zit vast. Haal het papier weg en zet hem uit en aan."
    ),
    Reason.FAULT: N_("De printer meldt een storing. Zet hem uit en weer aan."),
    Reason.JAM: N_("Er zit iets vast in de printer. Haal het eruit."),
    Reason.CARD_NEEDED: N_("Leg de pas in de printer."),
    Reason.CARDS_OUT: N_("De passen zijn op. Vul de printer bij."),
    Reason.CARD_LEFT: N_("Er zit nog een pas in de uitvoer. Haal hem eruit."),
    Reason.HOPPER_FULL: N_("De bak met geprinte passen is vol. Maak hem leeg."),
    Reason.RIBBON: N_("Het lint is op of ontbreekt. Leg een nieuw lint in de printer."),
    Reason.CLEANING: N_("De printer moet eerst schoongemaakt worden."),
    Reason.WARMING: N_("De printer warmt op. Even geduld."),
    Reason.INTERRUPTED: N_("De verbinding met de printer viel weg tijdens het printen."),
    Reason.STALLED: N_("De printer stopte tijdens het printen."),
    Reason.NOT_CONFIRMED: N_("De printer heeft niet gemeld dat het klaar is."),
    Reason.JOB_GONE: N_("De printer kent deze opdracht niet meer."),
    Reason.ABORTED: N_("De printer heeft de opdracht afgebroken."),
    Reason.CANCELLED: N_("De opdracht is bij de printer geannuleerd."),
    Reason.NOT_STOPPED: N_("De printer neemt het annuleren niet aan; het printen gaat door."),
    Reason.NOT_LET_GO: N_(
        "De printer heeft niet gemeld dat hij gestopt is. Zet hem uit en weer aan."
    ),
    Reason.WORKER_LOST: N_("Het printprogramma stopte tijdens het printen."),
}


def sentence(code: str) -> str:
    """The sentence for a stored reason, in the language of the screen; empty for no reason.

    A code of a newer program is shown as it is.
    """
    if not code:
        return ""
    try:
        return _(SENTENCES[Reason(code)])
    except ValueError:
        return code
