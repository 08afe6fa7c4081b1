"""Everything about a person as a page to read (HTML, Markdown), or for another computer (JSON)."""

import html
import json
import re
from collections.abc import Callable, Mapping, Sequence

from deskterm.text import _, date_text
from deskterm.views.privacy import Insight, Section

_MARKS = re.compile(r"([\\`*_\[\]<>#!|&~])")
"""What means something in Markdown in the midst of a line."""
_STYLE = (
    "body{font-family:sans-serif;max-width:70em;margin:2em auto;padding:0 1em}"
    "table{border-collapse:collapse}td,th{border:1px solid #999;padding:.2em .5em;"
    "text-align:left;vertical-align:top}"
)


def as_html(found: Insight) -> str:
    """A page that stands by itself: nothing is fetched, and text is never more than text."""
    parts = [
        '<!doctype html>\n<html lang="nl">\n<head>\n<meta charset="utf-8">\n'
        f"<title>{html.escape(_title(found))}</title>\n<style>{_STYLE}</style>\n</head>\n<body>\n"
        f"<h1>{html.escape(_title(found))}</h1>\n<p>{html.escape(_about(found))}</p>\n"
    ]
    for section in found.sections:
        parts.append(f"<h2>{html.escape(section.title)}</h2>\n<table>\n")
        heads, rows = _filled(section)
        parts += [] if _is_one(section) else [_html_row(heads, "th")]
        parts += [_html_row(row, "td") for row in _laid_out(section, heads, rows)]
        parts.append("</table>\n")
    return "".join([*parts, "</body>\n</html>\n"])


def as_markdown(found: Insight) -> str:
    """The same for who reads plain text."""
    parts = [f"# {_escaped(_title(found))}\n\n{_escaped(_about(found))}\n"]
    for section in found.sections:
        heads, rows = _filled(section)
        parts.append(f"\n## {_escaped(section.title)}\n\n")
        first = (_("Wat"), _("Waarde")) if _is_one(section) else heads
        lines = [first, ["---"] * len(first), *_laid_out(section, heads, rows)]
        for number, line in enumerate(lines):
            cells = line if number == 1 else map(_escaped, line)
            parts.append(f"| {' | '.join(cells)} |\n")
    return "".join(parts)


def as_json(found: Insight) -> str:
    """Every table with its rows, values as the store has them; escaped to ASCII."""
    tables = {section.name: list(section.values) for section in found.sections}
    told = {"actor_id": found.actor_id, "day": found.day.isoformat(), "tables": tables}
    return json.dumps(told, indent=2) + "\n"


WRITERS: Mapping[str, Callable[[Insight], str]] = {
    ".html": as_html,
    ".md": as_markdown,
    ".json": as_json,
}
"""By the ending of a file."""


def _title(found: Insight) -> str:
    return _("Inzage: actor-id {number}").format(number=found.actor_id)


def _about(found: Insight) -> str:
    return _(
        "Alles wat deze bibliotheek op {day} van u bewaart. Wie het in handen krijgt, kan het"
        " lezen: bewaar het goed."
    ).format(day=date_text(found.day))


def _is_one(section: Section) -> bool:
    """Whether a section is one row with many values, which reads better from top to bottom."""
    return len(section.rows) == 1 and section.name == "customer"


def _filled(section: Section) -> tuple[Sequence[str], Sequence[Sequence[str]]]:
    """The columns in which anything stands."""
    used = [at for at in range(len(section.heads)) if any(row[at] for row in section.rows)]
    heads = [section.heads[at] for at in used]
    return heads, [[row[at] for at in used] for row in section.rows]


def _laid_out(
    section: Section, heads: Sequence[str], rows: Sequence[Sequence[str]]
) -> Sequence[Sequence[str]]:
    return list(zip(heads, rows[0], strict=True)) if _is_one(section) else rows


def _html_row(cells: Sequence[str], tag: str) -> str:
    told = "".join(f"<{tag}>{html.escape(cell)}</{tag}>" for cell in cells)
    return f"<tr>{told}</tr>\n"


def _escaped(text: str) -> str:
    return _MARKS.sub(r"\\\1", text)
