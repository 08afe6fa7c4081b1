"""Receipts over USB, as far as can be seen without a printer on the cable."""

import sys

import pytest
import usb.core

from deskterm.printing.drivers.confirm import Confirm
from deskterm.printing.drivers.escpos_usb import EscposUsb
from deskterm.printing.model import NotSent, Outcome, Readiness, Reason, Result, SentUnsure, Stage
from tests.printing.driving import LONG, RECEIPT, Told, job, run
from tests.printing.usb_stand_in import PRODUCT, VENDOR, Bus


def plug(monkeypatch: pytest.MonkeyPatch, bus: Bus | None) -> EscposUsb:
    monkeypatch.setattr("usb.backend.libusb1.get_backend", lambda: bus)
    for other in ("libusb0", "openusb"):
        monkeypatch.setattr(f"usb.backend.{other}.get_backend", lambda: None)
    return EscposUsb(VENDOR, PRODUCT)


def test_a_receipt_is_done_and_the_printer_given_back(monkeypatch: pytest.MonkeyPatch) -> None:
    bus = Bus()
    told = Told()
    assert run(plug(monkeypatch, bus), told) == Outcome(Result.DONE)
    assert bus.paper == RECEIPT + b"\x1d(H\x06\x00000017"
    assert told.stages == [Stage.SENDING, Stage.SENT]
    assert bus.calls == ["claim", "release", "close"]
    assert not bus.detached


def test_a_probe_gives_the_printer_back(monkeypatch: pytest.MonkeyPatch) -> None:
    bus = Bus()
    assert plug(monkeypatch, bus).probe().readiness is Readiness.READY
    assert bus.calls == ["claim", "release", "close"]


def test_a_printer_that_takes_no_more_leaves_the_job_unsure(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with pytest.raises(SentUnsure) as stopped:
        run(plug(monkeypatch, Bus(room=5000)), Told(), job(LONG))
    assert stopped.value.reason is Reason.STALLED


def test_a_printer_that_takes_not_one_byte_has_been_sent_nothing(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with pytest.raises(NotSent) as stopped:
        run(plug(monkeypatch, Bus(room=0)), Told())
    assert stopped.value.reason is Reason.BUSY


def test_a_cable_pulled_out_halfway_leaves_the_job_unsure(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(SentUnsure) as stopped:
        run(plug(monkeypatch, Bus(gone_at=2000)), Told(), job(LONG))
    assert stopped.value.reason is Reason.INTERRUPTED


def test_a_printer_that_may_not_be_opened_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(NotSent) as stopped:
        run(plug(monkeypatch, Bus(allowed=False)), Told())
    assert stopped.value.reason is Reason.NO_ACCESS


@pytest.mark.parametrize("wrong", [{"out_ep": 0x03}, {"in_ep": 0x81}, {"interface": 1}])
def test_endpoints_that_the_device_has_not_fail_the_job_at_once(
    wrong: dict[str, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    plug(monkeypatch, Bus())
    with pytest.raises(NotSent) as stopped:
        run(EscposUsb(VENDOR, PRODUCT, **wrong), Told())  # type: ignore[arg-type]
    assert (stopped.value.reason, stopped.value.lasting) == (Reason.BAD_ANSWER, True)


def test_an_id_that_is_not_there_is_not_connected(monkeypatch: pytest.MonkeyPatch) -> None:
    plug(monkeypatch, Bus())
    stranger = EscposUsb(VENDOR, PRODUCT + 1, confirm=Confirm.NONE)
    with pytest.raises(NotSent) as stopped:
        run(stranger, Told())
    assert (stopped.value.reason, stopped.value.lasting) == (Reason.NOT_CONNECTED, False)
    assert stranger.probe().readiness is Readiness.OFFLINE


def test_an_id_that_is_not_there_with_the_system_s_own_library() -> None:
    try:
        usb.core.find()
        expected = Reason.NOT_CONNECTED
    except usb.core.NoBackendError:
        expected = Reason.NO_LIBRARY
    with pytest.raises(NotSent) as stopped:
        # No maker has this id.
        run(EscposUsb(0xFFFF, 0xFFFF), Told())
    assert stopped.value.reason is expected


def test_a_system_without_libusb_fails_the_job_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(NotSent) as stopped:
        run(plug(monkeypatch, None), Told())
    assert (stopped.value.reason, stopped.value.lasting) == (Reason.NO_LIBRARY, True)


def test_without_pyusb_the_job_fails_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "usb.core", None)
    with pytest.raises(NotSent) as stopped:
        run(EscposUsb(VENDOR, PRODUCT), Told())
    assert (stopped.value.reason, stopped.value.lasting) == (Reason.NO_LIBRARY, True)
