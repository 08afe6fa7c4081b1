"""Where in a TOML text a table or a field stands, which the standard library does not tell."""

import re

_HEADER = re.compile(r"\s*\[{1,2}([^\[\]]+)\]{1,2}")
_KEY = re.compile(r"\s*[\"']?([^\"'=]+?)[\"']?\s*=")


def line_of(source: str, table: str, index: int, field: str = "") -> int:
    """The line, from 1, of a field in the table of that name; `index` counts same-named tables.

    A field that is missing or written inside another gives the line of its table; 0 is nowhere.
    """
    wanted = (f"{table}.{field}", f"{table}.{field.partition('.')[0]}")
    here, found, line = "", -1, 0
    for number, content in enumerate(source.splitlines(), start=1):
        if header := _HEADER.match(content):
            here = _bare(header[1])
            found += here == table
            if here == table and found == index:
                line = number
        elif here != table or found == index:
            # A table of its own such as [settings.staff] is inside the one that is looked for.
            key = _KEY.match(content)
            if key and f"{here}.{_bare(key[1])}" in wanted:
                return number
    return line


def _bare(name: str) -> str:
    return name.strip().replace('"', "").replace("'", "")
