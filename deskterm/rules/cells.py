"""Cells of a CSV file that no spreadsheet can run as a formula, and back again.

A leading apostrophe is what spreadsheets themselves use to say "this is text".
"""

_STARTS_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
_TEXT_MARK = "'"


def harmless(text: str) -> str:
    """The text as it is written: with a mark in front when a spreadsheet would run it."""
    return _TEXT_MARK + text if _is_risky(text) else text


def restored(cell: str) -> str:
    """The text as it was before `harmless`."""
    # By its first character: a file has tens of cells a line, and hardly one of them is marked.
    return cell[1:] if cell[:1] == _TEXT_MARK and _is_risky(cell) else cell


def _is_risky(text: str) -> bool:
    # Marks in front of a risky text are counted too, or one could not be told from ours.
    return text.lstrip(_TEXT_MARK).startswith(_STARTS_FORMULA)
