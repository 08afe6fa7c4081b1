"""From the settings to a driver."""

from pathlib import Path

import pytest

from deskterm.printing.documents import DocumentKind
from deskterm.printing.drivers.choosing import confirm_seconds, driver_for
from deskterm.printing.drivers.escpos_file import EscposFile, EscposSpoolFile
from deskterm.printing.model import Form, PrinterJob, Result
from deskterm.printing.options import PrinterOptions, PrinterType
from tests.printing.driving import Told, run


@pytest.mark.parametrize("kind", PrinterType)
def test_every_type_has_a_driver_that_takes_what_is_made_for_it(kind: PrinterType) -> None:
    options = PrinterOptions("pas", kind, device="lp0", uri="ipp://printer/", host="printer")
    driver = driver_for(options)
    assert driver.kind == kind
    forms = {options.form_of(document) for document in DocumentKind} - {None}
    assert forms
    assert forms <= driver.accepts


def test_a_device_and_a_file_are_told_apart(tmp_path: Path) -> None:
    def chosen(device: str) -> object:
        return driver_for(PrinterOptions("bon", PrinterType.ESCPOS_FILE, device=device))

    assert isinstance(chosen("/dev/usb/lp7"), EscposFile)
    assert isinstance(chosen(str(tmp_path / "bon.bin")), EscposSpoolFile)


def test_pages_go_to_our_own_folder_when_none_is_named(tmp_path: Path) -> None:
    ours, theirs = tmp_path / "data" / "geprint", tmp_path / "schijf"
    page = PrinterJob(3, b"%PDF", Form.A4_PDF)
    plain = PrinterOptions("pdf", PrinterType.PDF_FILE)
    assert run(driver_for(plain, ours), Told(), page).result is Result.DONE
    assert (ours / "deskterm-3.pdf").exists()
    named = PrinterOptions("pdf", PrinterType.PDF_FILE, folder=str(theirs))
    assert driver_for(named, ours).probe().reasons
    assert not theirs.exists()


def test_a_card_may_take_longer_than_a_receipt() -> None:
    card = PrinterOptions("pas", PrinterType.IPP, timeout_s=180)
    assert confirm_seconds(card) == 180
    assert confirm_seconds(PrinterOptions("bon", PrinterType.ESCPOS_NETWORK)) == 60
