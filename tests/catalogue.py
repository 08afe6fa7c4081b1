"""The catalogues of the screen texts: what the code asks for, and what is translated.

`make text` runs this: it adds new texts to each catalogue (untranslated), drops those that the
code no longer has, and compiles. tests/house/test_catalogue.py proves that nothing is left over.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

PACKAGE = Path(__file__).parent.parent / "deskterm"
# Rules and errors carry their text untranslated; the screen that shows it looks it up.
KEYWORDS = {**DEFAULT_KEYWORDS, "N_": None, "RuleFault": None}
HEADER = "# Screen texts of deskterm. The code holds the Dutch, which is the key.\n#"


def wanted() -> Catalog:
    """Every text that the code marks, with the files it stands in."""
    catalogue = Catalog(project="deskterm", header_comment=HEADER)
    for file, _line, message, comments, context in extract_from_dir(PACKAGE, keywords=KEYWORDS):
        if message:
            place = f"deskterm/{Path(file).as_posix()}"
            catalogue.add(message, None, [(place, 0)], auto_comments=comments, context=context)
    for module in sorted(PACKAGE.rglob("*.py")):
        for message in inside_f_strings(module.read_text(encoding="utf-8")):
            place = f"deskterm/{module.relative_to(PACKAGE).as_posix()}"
            catalogue.add(message, None, [(place, 0)])
    return catalogue


def inside_f_strings(source: str) -> Iterator[str]:
    """The texts marked between the braces of an f-string, which Babel sees from Python 3.12 on."""
    for outer in ast.walk(ast.parse(source)):
        for node in ast.walk(outer) if isinstance(outer, ast.JoinedStr) else ():
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
                text = node.args[0] if node.args else None
                if node.func.id == "_" and isinstance(text, ast.Constant) and text.value:
                    yield str(text.value)


def po_file(language: str) -> Path:
    """The catalogue that people edit."""
    return PACKAGE / "locale" / language / "LC_MESSAGES" / "deskterm.po"


def read(language: str) -> Catalog:
    """The catalogue as it stands."""
    with po_file(language).open("rb") as file:
        return read_po(file, locale=language)


def po_bytes(catalogue: Catalog) -> bytes:
    """The catalogue as a .po file: no dates and no line numbers, so a diff shows texts alone."""
    buffer = BytesIO()
    write_po(buffer, catalogue, width=0, sort_by_file=True, omit_header=True, include_lineno=False)
    header = (
        f'{HEADER.removesuffix("#")}msgid ""\nmsgstr ""\n"Language: {catalogue.locale}\\n"\n'
        f'"Plural-Forms: {catalogue.plural_forms}\\n"\n'
        '"Content-Type: text/plain; charset=utf-8\\n"\n\n'
    )
    return header.encode() + buffer.getvalue()


def mo_bytes(catalogue: Catalog) -> bytes:
    """The catalogue as the program reads it: the same bytes for the same texts."""
    catalogue.creation_date = catalogue.revision_date = datetime(2026, 1, 1, tzinfo=UTC)
    buffer = BytesIO()
    write_mo(buffer, catalogue)
    return buffer.getvalue()


def updated(language: str) -> Catalog:
    """The catalogue with what the code asks for: no more and no less."""
    catalogue = read(language)
    catalogue.update(wanted(), no_fuzzy_matching=True)
    catalogue.obsolete.clear()
    return catalogue


def main() -> None:
    """Bring every catalogue up to date and say what is still to translate."""
    for folder in sorted((PACKAGE / "locale").iterdir()):
        catalogue = updated(folder.name)
        file = po_file(folder.name)
        file.write_bytes(po_bytes(catalogue))
        file.with_suffix(".mo").write_bytes(mo_bytes(read(folder.name)))
        missing = [message.id for message in catalogue if message.id and not translated(message)]
        print(f"{folder.name}: {len(catalogue)} texts, {len(missing)} to translate")


def ids(message: Message) -> list[str]:
    """The Dutch text; for a countable thing the one and the many."""
    return [message.id] if isinstance(message.id, str) else list(message.id)


def strings(message: Message) -> list[str]:
    """The translation, in as many forms as the language has."""
    string = message.string or ""
    return [string] if isinstance(string, str) else list(string)


def translated(message: Message) -> bool:
    """Whether every form of a text is there."""
    return all(strings(message))


if __name__ == "__main__":
    main()
