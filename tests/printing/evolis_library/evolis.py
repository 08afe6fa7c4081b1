"""Stands in for the library of Evolis in the child process: EVOLIS says how its printer is, and
what is printed goes to the file that EVOLIS_CARD names."""

import os
import shutil
import signal
import time
from enum import Enum
from types import SimpleNamespace

MOOD = os.environ.get("EVOLIS", "ready")

if MOOD == "no-library":
    raise ImportError("libevolis.so")

print("Evolis SDK 9.4.1")


class InputTray(Enum):
    FEEDER = 1
    MANUAL = 2


class CardFace(Enum):
    FRONT = 0


class ReturnCode(Enum):
    OK = 0
    PRINT_EMECHANICAL = -22
    SESSION_EBUSY = -11


STATES = {
    "cover": ("WARNING", "DEF_COVER_OPEN"),
    "heating": ("READY", "INF_HEATING"),
    "off": ("OFF", "PRINTER_OFFLINE"),
}
RETURNS = {"jam": ReturnCode.PRINT_EMECHANICAL, "taken": ReturnCode.SESSION_EBUSY}


def crash() -> None:
    os.kill(os.getpid(), signal.SIGSEGV)


class Evolis:
    @staticmethod
    def get_devices() -> list[SimpleNamespace]:
        return [] if MOOD == "absent" else [SimpleNamespace(name="Evolis Zenius")]


class Connection:
    def __init__(self) -> None:
        self.opened = False
        self.tray = InputTray.FEEDER

    def open(self, name: str) -> bool:
        self.opened = name == "Evolis Zenius"
        return self.opened

    def get_state(self) -> SimpleNamespace:
        if not self.opened:
            crash()
        if MOOD == "crash-before":
            crash()
        major, minor = STATES.get(MOOD, ("READY", "PRINTER_READY"))
        return SimpleNamespace(major=SimpleNamespace(name=major), minor=SimpleNamespace(name=minor))

    def set_input_tray(self, tray: InputTray) -> bool:
        self.tray = tray
        return True

    def close(self) -> None:
        pass


class PrintSession:
    def __init__(self, connection: Connection) -> None:
        self.picture = ""

    def init(self) -> bool:
        return True

    def set_black(self, face: CardFace, path: str) -> bool:
        self.picture = path
        return MOOD != "picture"

    def print(self) -> ReturnCode:
        if MOOD == "crash-during":
            crash()
        if MOOD == "for-ever":
            time.sleep(3600)
        code = RETURNS.get(MOOD, ReturnCode.OK)
        if code is ReturnCode.OK:
            shutil.copy(self.picture, os.environ["EVOLIS_CARD"])
        return code
