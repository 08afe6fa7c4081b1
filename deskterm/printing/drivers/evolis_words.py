"""What the states of an Evolis printer mean to us.

Source: `evolis.State` and `evolis.ReturnCode` of the maker's SDK (PyPI: evolis-sdk), where each
state has a major (OFF, READY, WARNING, ERROR) and a minor name. Models of the Avansia family
prefix theirs.
"""

from deskterm.printing.model import PrinterState, Readiness, Reason

_WAITS = {
    "DEF_WAIT_CARD": Reason.CARD_NEEDED,
    "ERR_NO_CARD_INSERTED": Reason.CARD_NEEDED,
    "BUSY": Reason.BUSY,
    "INF_PRINTING_RUNNING": Reason.BUSY,
    "INF_ENCODING_RUNNING": Reason.BUSY,
    "INF_RETRANSFER_RUNNING": Reason.BUSY,
    "INF_CLEANING_RUNNING": Reason.BUSY,
    "INF_UPDATING_FIRMWARE": Reason.BUSY,
    "INF_HEATING": Reason.WARMING,
    "DEF_COOLING": Reason.WARMING,
    "DEF_TEMP_TOOLOW": Reason.WARMING,
    "PRINTER_SUPERVISION_INITIALIZING": Reason.WARMING,
}
_STOPS = {
    "PRINTER_UNKNOWN": Reason.NOT_CONNECTED,
    "PRINTER_OFFLINE": Reason.OFFLINE,
    "PRINTER_STATUS_DISABLED": Reason.NO_ANSWER,
    "DEF_COVER_OPEN": Reason.COVER_OPEN,
    "ERR_COVER_OPEN": Reason.COVER_OPEN,
    "DEF_FEEDER_OPEN": Reason.COVER_OPEN,
    "ERR_FEEDER_OPEN": Reason.COVER_OPEN,
    "DEF_RECEPTACLE_OPEN": Reason.COVER_OPEN,
    "DEF_REJECT_BOX_COVER_OPEN": Reason.COVER_OPEN,
    "ERR_REJECT_BOX_COVER_OPEN": Reason.COVER_OPEN,
    "DEF_FEEDER_EMPTY": Reason.CARDS_OUT,
    "ERR_FEEDER_EMPTY": Reason.CARDS_OUT,
    "DEF_HOPPER_FULL": Reason.HOPPER_FULL,
    "ERR_HOPPER_FULL": Reason.HOPPER_FULL,
    "DEF_REJECT_BOX_FULL": Reason.HOPPER_FULL,
    "ERR_REJECT_BOX_FULL": Reason.HOPPER_FULL,
    "DEF_CARD_ON_EJECT": Reason.CARD_LEFT,
    "ERR_CARD_ON_EJECT": Reason.CARD_LEFT,
    "DEF_NO_RIBBON": Reason.RIBBON,
    "DEF_REMOVE_RIBBON": Reason.RIBBON,
    "DEF_RIBBON_ENDED": Reason.RIBBON,
    "DEF_UNSUPPORTED_RIBBON": Reason.RIBBON,
    "ERR_BAD_RIBBON": Reason.RIBBON,
    "ERR_RIBBON_ENDED": Reason.RIBBON,
    "ERR_RIBBON_ERROR": Reason.RIBBON,
    "DEF_PRINTER_LOCKED": Reason.PAUSED,
    "ERR_MECHANICAL": Reason.JAM,
    "ERR_FEEDER_ERROR": Reason.JAM,
    "ERR_CARD_JAM": Reason.JAM,
}
_FINE = {"INF_CLEANING_REQUIRED": Reason.CLEANING, "INF_FEEDER_NEAR_EMPTY": Reason.CARDS_OUT}
"""Said in passing: it prints all the same."""
_MAKES = "AVANSIA_"

RETURNS = {
    "ECANCELLED": Reason.CANCELLED,
    "ENEEDACTION": Reason.FAULT,
    "PRINT_NEEDACTION": Reason.FAULT,
    "PRINT_EMECHANICAL": Reason.JAM,
    "PRINT_EUNKNOWNRIBBON": Reason.RIBBON,
    "PRINTER_ENOCOM": Reason.OFFLINE,
    "PRINTER_EBUSY": Reason.BUSY,
    "SESSION_EBUSY": Reason.BUSY,
    "ETIMEOUT": Reason.NOT_CONFIRMED,
}
"""Why `print()` says it did not end well."""
UNTOUCHED = frozenset({"SESSION_EBUSY", "SESSION_FAILED", "PRINT_EDATA", "PRINT_ENOIMAGE"})
"""With these nothing has gone to the printer."""


def evolis_state(major: str, minor: str) -> PrinterState:
    """How the printer is, by the names of its state. A state nobody knows goes by its major."""
    name = minor.removeprefix(_MAKES)
    if reason := _WAITS.get(name):
        return PrinterState(Readiness.WAITING, (reason,), can_confirm=True)
    if reason := _STOPS.get(name):
        off = reason in (Reason.NOT_CONNECTED, Reason.OFFLINE)
        return PrinterState(Readiness.OFFLINE if off else Readiness.ATTENTION, (reason,), True)
    if major == "OFF":
        return PrinterState(Readiness.OFFLINE, (Reason.OFFLINE,), can_confirm=True)
    if major == "ERROR" or name == "INTERNALERROR":
        return PrinterState(Readiness.ATTENTION, (Reason.FAULT,), can_confirm=True)
    fine = _FINE.get(name)
    return PrinterState(Readiness.READY, (fine,) if fine else (), can_confirm=True)
