"""Texts that would like to be more than text, and how to tell that they are not."""

import re
import sqlite3
import unicodedata
from contextlib import closing
from pathlib import Path

from deskterm.store.tables import metadata

ESC, BEL, ST = "\x1b", "\x07", "\x1b\\"
HOSTILE = {
    "markup": "[bold red]Vries[/] [@click=app.bell]x[/] [link=https://example.org]y[/] [/] [",
    "rich markup": "[b]Vries[/b] [on red] [#ff0000]x [/#ff0000] :smile: \\[",
    "colours": f"{ESC}[31;1mVries{ESC}[0m {ESC}[38:2::1:2:3mx",
    "cursor": f"Vries{ESC}[2J{ESC}[H{ESC}[1A{ESC}c{ESC}7{ESC}8{ESC}[6n",
    "title": f"{ESC}]0;root{BEL}Vries{ESC}]2;x{ST}",
    "link": f"{ESC}]8;;https://example.org{BEL}Vries{ESC}]8;;{BEL}",
    "clipboard": f"{ESC}]52;c;cm0gLXJm{BEL}Vries",
    "device control": f"{ESC}Pq#0;2;0;0;0{ST}Vries{ESC}_Gf=24;AAAA{ST}{ESC}^x{ST}{ESC}Xx{ST}",
    "broken escape": f"Vries{ESC}[{ESC}]0;{ESC}",
    "eight-bit controls": "Vries\x9b2J\x9d0;x\x9c\x90q\x9c\x85\x84\x8d",
    "seven-bit controls": "Vries\x00\x01\x05\x07\x08\x08\x0e\x0f\x11\x13\x18\x1a\x7f",
    "right to left": "Vries\u202e\u2066seirV\u2069\u202c \u200f\u061c",
    "zero width": "V\u200br\u200ci\u200de\ufeff\u2060s\u00ad\u034f\u115f\u3164\uffa0\U000e0041",
    "lines": "Vries\r\nBcc: all@example.org\r\n\r\nx\n\x0b\x0c\x85\u2028y\u2029z",
    "tabs": "\tVries\t\tx",
    "surrogate": "Vries\ud800",
    "combining": "V" + "\u0301" * 400 + "ries",
    "wide": "👩‍👩‍👧‍👦🇳🇱 Vries 漢字ＡＢ",
    "formula": '=cmd|"/C calc"!A0',
    "formula plus": "+31-2",
    "formula minus": "-1+1|x",
    "formula at": "@SUM(1+1)*x",
    "quotes": "\"Vries\"; 'DROP TABLE staff';-- <b>&amp;</b> {{ 7*7 }} ${x} %s {0}",
    "endless": "Vries" * 20_000,
    "endless word": "W" * 100_000,
    "endless escapes": f"{ESC}[31m\u202e" * 20_000,
    "endless beginnings": "\x9d" * 100_000,
}
"""By what they try."""

INVISIBLE = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u180b\u180c\u180d\u180f\u3164\uffa0")
"""Letters and marks by name that are drawn as nothing."""
TERMINAL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")
"""What a terminal or a printer obeys, in a text of several lines."""
HEADERS = re.compile(r"^(bcc|cc|to|subject|content-type)\s*:", re.IGNORECASE | re.MULTILINE)


def dangers(text: str) -> str:
    """The characters of one line that are drawn as nothing, or do something instead."""
    return "".join(
        one
        for one in text
        if unicodedata.category(one) in ("Cc", "Cf", "Cs", "Zl", "Zp") or one in INVISIBLE
    )


EVERYTHING = " ".join(text for text in HOSTILE.values() if len(text) < 500 and "\ud800" not in text)
"""All of the short ones in one, but what no database takes."""

_POISONED = frozenset(
    {
        "author", "billing_email", "comment", "contact_person", "contact_phone", "content",
        "description", "email", "email_bcc1", "email_bcc2", "en", "error", "external_number",
        "external_number2", "fax", "field", "first_name", "house_addition", "iban", "id_number",
        "initials", "mobile", "name", "new", "nl", "note", "old", "phone", "phone2", "phone3",
        "place", "postcode", "preferred_first_name", "preferred_surname", "prefix",
        "private_comment", "reason", "street", "suffix", "surname", "tag", "text", "title",
    }
)  # fmt: skip
"""Columns that hold what people typed, or what came from outside."""


def poison(file: Path, text: str, rows: int = 1_000_000) -> int:
    """Put a text wherever a SQLite store has one that people typed, past every check of ours.

    At most so many rows of each table get it. The answer is how many columns there are.
    """
    count = 0
    with closing(sqlite3.connect(file)) as connection, connection:
        for (name,) in connection.execute(
            "SELECT name FROM sqlite_schema WHERE type = 'trigger'"
        ).fetchall():
            connection.execute(f"DROP TRIGGER {name}")
        for table in metadata.sorted_tables:
            names = [column.name for column in table.columns if column.name in _POISONED]
            if not names or table.name == "desk":  # A desk of another name does not open.
                continue
            values = ", ".join(f"{name} = ?1" for name in names)
            connection.execute(
                f"UPDATE {table.name} SET {values} WHERE rowid IN"
                f" (SELECT rowid FROM {table.name} ORDER BY rowid LIMIT ?2)",
                (text, rows),
            )
            count += len(names)
    return count
