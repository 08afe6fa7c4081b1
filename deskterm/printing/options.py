"""The printers of a library, which desk has which, and what a branch puts on its cards.

They stand in the settings as `[printing]`, `[[printer]]`, `[printing.desk.NAME]` and
`[printing.branch.CODE]`; `option_reading` checks them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Literal

from deskterm.printing.documents import DocumentKind, Symbology
from deskterm.printing.model import Form
from deskterm.printing.profiles import PROFILES, Profile
from deskterm.rules.cards import CardScheme

A_DOT_COLUMN = 12
"""Dots that one letter of a receipt printer is wide, where its paper is not known (font A)."""


class PrinterType(StrEnum):
    """Which driver prints."""

    ESCPOS_NETWORK = "escpos-network"
    ESCPOS_USB = "escpos-usb"
    ESCPOS_SERIAL = "escpos-serial"
    ESCPOS_FILE = "escpos-file"
    IPP = "ipp"
    EVOLIS = "evolis"
    PDF_FILE = "pdf-file"
    NULL = "null"


ESCPOS_TYPES = frozenset(
    {
        PrinterType.ESCPOS_NETWORK,
        PrinterType.ESCPOS_USB,
        PrinterType.ESCPOS_SERIAL,
        PrinterType.ESCPOS_FILE,
    }
)


@dataclass(frozen=True, slots=True)
class PrinterOptions:
    """One printer. What its type has no use for stays as it is."""

    name: str
    type: PrinterType
    # Where it is.
    host: str = ""
    port: int = 9100
    vendor_id: int = 0
    product_id: int = 0
    in_ep: int = 0x82
    out_ep: int = 0x01
    device: str = ""
    """A serial port, a device as /dev/usb/lp0 or a file; at `evolis` the name of the printer."""
    baudrate: int = 9600
    flow: Literal["none", "rtscts", "xonxoff", "dsrdtr"] = "none"
    """How a serial printer holds up what comes too fast; as its switches or self-test say."""
    uri: str = ""
    """`ipp://host:631/printers/queue`."""
    ca_file: str = ""
    """Whom `ipps:` trusts, as a PEM file; empty: whom the system trusts."""
    folder: str = ""
    """Where `pdf-file` writes; empty: a folder in the data folder."""
    # What it understands.
    language: Literal["escpos", "zpl"] = "escpos"
    """What the bytes to a receipt or label printer are."""
    profile: str = "default"
    codepage: str = "CP858"
    width_px: int = 0
    """Dots on a line; 0: what the profile says."""
    cut: Literal["full", "part", "none"] = "full"
    confirm: Literal["process-id", "gs-r", "none"] = "none"
    """How the printer tells that it has printed; `deskterm print-test` finds out which."""
    timeout_s: float = 3.0
    """How long it may keep silent: 3 for receipt printers, 180 for cards unless it says else."""
    # What lies in it.
    paper: Literal["card", "a4"] = "card"
    """What an `ipp` printer prints on; the others know by themselves."""
    media_mm: tuple[float, float] = (85.60, 53.98)
    """The page of a card; with `bleed_mm` around it when the printer prints over the edge."""
    bleed_mm: float = 0.0
    dpi: Literal[203, 300] = 203
    """Dots to the inch of a label printer; cards are always 300."""
    rotate: Literal[0, 90, 180, 270] = 0
    """How far a card is turned, clockwise."""
    manual_feed: bool = False
    """Staff put every card in by hand."""

    @property
    def model(self) -> Profile:
        """The profile."""
        return PROFILES[self.profile]

    @property
    def dots(self) -> int:
        """Dots on a line of this receipt printer."""
        return self.width_px or self.model.width_px or self.model.columns * A_DOT_COLUMN

    def form_of(self, kind: DocumentKind) -> Form | None:
        """What a document becomes for this printer; None when it cannot print such a one."""
        is_card = kind is DocumentKind.CARD
        if self.type in ESCPOS_TYPES:
            if self.language == "zpl":
                return Form.ZPL if is_card else None
            return Form.ESCPOS
        if self.type is PrinterType.IPP:
            if self.paper == "card":
                return Form.CARD_PDF if is_card else None
            return None if is_card else Form.A4_PDF
        if self.type is PrinterType.EVOLIS:
            return Form.CARD_PNG if is_card else None
        return Form.CARD_PDF if is_card else Form.A4_PDF

    @property
    def lets_go(self) -> bool:
        """Whether it can be asked to drop a job that it has."""
        return self.type is PrinterType.IPP

    @property
    def prints_cards(self) -> bool:
        """Whether cards come out of it, or labels that go on one; a receipt is no card."""
        return self.form_of(DocumentKind.CARD) not in (None, Form.ESCPOS)

    @property
    def prints_receipts(self) -> bool:
        """Whether receipts, or A4 pages that stand for one, come out of it."""
        return self.form_of(DocumentKind.RECEIPT) is not None


PDF_PRINTER = PrinterOptions("pdf", PrinterType.PDF_FILE)
"""Pages as files, for a desk that says `receipt = "pdf"`: needs no `[[printer]]` of its own."""


@dataclass(frozen=True, slots=True)
class DeskMatch:
    """By what a desk is recognised: one of these is enough."""

    host: tuple[str, ...] = ()
    ssh_client: tuple[str, ...] = ()
    env: str = ""
    """The value of DESKTERM_DESK."""


@dataclass(frozen=True, slots=True)
class DeskOptions:
    """What stands at one desk."""

    name: str
    """The desk's name, or `branch code/name` where branches name their desks alike."""
    receipt: str = ""
    """The name of a printer, or `pdf` for pages as files; empty: none stands here."""
    card: str = ""
    receipts: Literal["always", "ask", "never"] = "ask"
    """Whether a receipt is printed without being asked for."""
    match: DeskMatch = field(default_factory=DeskMatch)


@dataclass(frozen=True, slots=True)
class BranchOptions:
    """What a branch puts on its cards."""

    code: str
    symbology: Symbology = Symbology.CODE128
    scheme: CardScheme = CardScheme.STANDARD_14
    card_title: str = ""
    """The heading of the card; empty: a general one."""
    card_template: str = ""
    """A TOML file with the layout; empty: the one that comes with the program."""


@dataclass(frozen=True, slots=True)
class PrintingOptions:
    """Everything the settings say about printing."""

    keep_payload_days: int = 7
    """How long what was printed is kept: it names people."""
    printers: Mapping[str, PrinterOptions] = field(default_factory=dict)
    desks: Mapping[str, DeskOptions] = field(default_factory=dict)
    branches: Mapping[str, BranchOptions] = field(default_factory=dict)

    def desk(self, name: str, branch_code: str = "") -> DeskOptions:
        """What stands at a desk; a desk the settings do not name has no printers."""
        for key in (f"{branch_code}/{name}", name):
            if key in self.desks:
                return self.desks[key]
        return DeskOptions(name)

    def branch(self, code: str) -> BranchOptions:
        """What a branch puts on its cards; the usual for one the settings do not name."""
        return self.branches.get(code) or BranchOptions(code)

    def printer(self, name: str) -> PrinterOptions | None:
        """The printer of this name; None when there is none."""
        usual = PDF_PRINTER if name == PDF_PRINTER.name else None
        return self.printers.get(name, usual)

    def receipt_printer(self, desk: DeskOptions) -> PrinterOptions | None:
        """The receipt printer of a desk; None when it has none."""
        return self.printer(desk.receipt)

    def card_printer(self, desk: DeskOptions) -> PrinterOptions | None:
        """The card printer of a desk; None when it has none."""
        return self.printer(desk.card)
