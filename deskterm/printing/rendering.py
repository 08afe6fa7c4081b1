"""What can come of rendering, in codes for the spool and sentences for the desk."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from deskterm.text import N_


class Problem(StrEnum):
    """Why a document cannot be rendered; kept as the reason of its job."""

    NUMBER_EMPTY = "number_empty"
    NUMBER_UNFIT = "number_unfit"
    NUMBER_TOO_LONG = "number_too_long"
    BARCODE_UNREADABLE = "barcode_unreadable"
    TEMPLATE = "template"
    WRONG_PRINTER = "wrong_printer"


PROBLEM_TEXTS: Mapping[Problem, str] = {
    Problem.NUMBER_EMPTY: N_("Deze klant heeft geen pasnummer. Geef eerst een pas uit."),
    Problem.NUMBER_UNFIT: N_(
        "Dit nummer kan niet in deze soort streepjescode. Kies een andere soort voor de vestiging."
    ),
    Problem.NUMBER_TOO_LONG: N_(
        "De streepjescode van dit nummer is te breed. Geef hem meer ruimte, of kies code128."
    ),
    Problem.BARCODE_UNREADABLE: N_(
        "De streepjescode op de pas is niet leesbaar. Er is niets geprint; kijk de opmaak na."
    ),
    Problem.TEMPLATE: N_(
        "De opmaak van de pas klopt niet. `deskterm print-preview card` zegt wat eraan scheelt."
    ),
    Problem.WRONG_PRINTER: N_("Deze printer kan dit niet printen. Kies een andere printer."),
}


class RenderFault(Exception):
    """This document cannot be rendered, now or ever: the job fails and nothing was sent."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(str(problem))
        self.problem = problem


class TemplateFault(RenderFault):
    """What is wrong with the layout of a card: every fault at once."""

    def __init__(self, faults: tuple[tuple[str, str], ...]) -> None:
        """`faults` are places as `name.box` and sentences."""
        super().__init__(Problem.TEMPLATE)
        self.faults = faults


class CardNote(StrEnum):
    """What staff want to know of a card that can be printed."""

    NAME_CUT = "name_cut"
    NAME_LOST = "name_lost"
    NAME_MISSING = "name_missing"
    TEXT_CUT = "text_cut"


NOTE_TEXTS: Mapping[CardNote, str] = {
    CardNote.NAME_CUT: N_("De naam is te lang voor de pas en eindigt op …"),
    CardNote.NAME_LOST: N_("In de naam staan tekens die niet geprint kunnen worden."),
    CardNote.NAME_MISSING: N_("Er komt geen naam op de pas."),
    CardNote.TEXT_CUT: N_("De titel of de vestiging is te lang voor de pas en eindigt op …"),
}
