"""What python-escpos knows of receipt printers, as far as settings are checked against it.

A table of our own, because importing that package costs 300 ms and the settings are read where
nothing is printed; a test holds it against the package.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

USUAL = ("CP437", "CP850", "CP858", "CP1252")
_WITHOUT_850 = ("CP437", "CP858", "CP1252")
_WITHOUT_858 = ("CP437", "CP850", "CP1252")
_OLD = ("CP437",)


@dataclass(frozen=True, slots=True)
class Profile:
    """One model, or many that are alike."""

    columns: int
    """Characters on a line in the ordinary letter."""
    width_px: int
    """Dots on a line; 0 when the package does not know."""
    codepages: tuple[str, ...] = USUAL
    """The ones of Western Europe that it can be switched to."""
    has_raster: bool = True
    """Whether it prints pictures by GS v 0, which bars and rare letters are printed as."""
    has_cutter: bool = True


PROFILES: Mapping[str, Profile] = {
    "default": Profile(42, 0),
    "simple": Profile(42, 0, _OLD, has_cutter=False),
    "AF-240": Profile(20, 100, (), has_raster=False, has_cutter=False),
    "CT-S651": Profile(48, 640),
    "KR-306": Profile(48, 576),
    "NT-5890K": Profile(32, 384, has_cutter=False),
    "NT-80-V-UL": Profile(12, 576),
    "OCD-100": Profile(20, 100, has_raster=False, has_cutter=False),
    "OCD-300": Profile(20, 240, has_raster=False, has_cutter=False),
    "P822D": Profile(42, 576),
    "POS-5890": Profile(32, 384, has_cutter=False),
    "RP-F10-58mm": Profile(36, 432),
    "RP-F10-80mm": Profile(48, 576),
    "RP326": Profile(42, 0),
    "SP2000": Profile(42, 0, _WITHOUT_850),
    "Sunmi-V2": Profile(32, 384, has_cutter=False),
    "T-1": Profile(42, 504, ("CP437", "CP850", "CP858")),
    "TEP-200M": Profile(42, 0),
    "TH230": Profile(44, 576),
    "TH230Plus": Profile(44, 576),
    "TM-L90": Profile(48, 576),
    "TM-P80": Profile(42, 576),
    "TM-P80-42col": Profile(42, 546),
    "TM-T20II": Profile(48, 576),
    "TM-T20II-42col": Profile(42, 546),
    "TM-T88II": Profile(42, 512, _WITHOUT_858),
    "TM-T88III": Profile(42, 512),
    "TM-T88IV": Profile(42, 512),
    "TM-T88IV-SA": Profile(42, 512, _OLD),
    "TM-T88V": Profile(42, 512),
    "TM-U220": Profile(42, 400, _OLD, has_raster=False, has_cutter=False),
    "TM-U220B": Profile(42, 400, _OLD, has_raster=False),
    "TSP600": Profile(42, 576, _WITHOUT_850),
    "TUP500": Profile(42, 0, _WITHOUT_850),
    "ZJ-5870": Profile(32, 384, _WITHOUT_858, has_cutter=False),
}
"""By the names that python-escpos 3.1 gives them."""
