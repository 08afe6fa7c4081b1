"""Inzage: everything that is kept about one person, to read and for another computer (AVG)."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from deskterm.paths import only_mine
from deskterm.rules.names import inert
from deskterm.rules.relations import INVERSE
from deskterm.rules.rights import Right
from deskterm.services.desk import LOCAL, Desk
from deskterm.services.errors import DeskError
from deskterm.services.labels import label, shown
from deskterm.services.logbook import Logbook
from deskterm.services.trouble import writing
from deskterm.services.versions import the_customer
from deskterm.text import _, cents_text, date_text, reason_text
from deskterm.views.privacy import Insight, Section

if TYPE_CHECKING:
    from sqlalchemy import Connection, Table

FORMS = (".html", ".md", ".json")
"""What a file of it may end on, and so what is in it."""


def read(desk: Desk, actor_id: int) -> Insight:
    """Give everything about a person, and of who was merged into them; giving it is logged.

    Raises:
        NotAllowed: below ADMIN.
        NotFound: nobody has this actor-id, or no longer.
    """
    desk.require(Right.EXPORT)
    with writing(desk) as session:
        the_customer(session, actor_id)
        found = _Reading(session.connection(), actor_id).insight(desk.today)
        Logbook(desk, session, actor_id).line("privacy.insight")
    return found


def write(desk: Desk, actor_id: int, files: Sequence[Path]) -> None:
    """Write everything about a person to files, for their owner alone to read.

    The ending says what is in a file: `.html` and `.md` are for people, `.json` for computers.

    Raises:
        DeskError: another ending, or a file that cannot be written.
        NotAllowed, NotFound: as `read`.
    """
    from deskterm.services.privacy import pages

    desk.require(Right.EXPORT)
    for file in files:
        if file.suffix.lower() not in FORMS:
            raise DeskError(
                _("{file} zegt niet wat het moet worden.").format(file=file.name),
                _("Laat de naam eindigen op .html of .md om te lezen, of op .json."),
            )
    found = read(desk, actor_id)
    for file in files:
        text = pages.WRITERS[file.suffix.lower()](found)
        try:
            with open(file, "w", encoding="utf-8", newline="\n", opener=only_mine) as opened:
                opened.write(text)
        except OSError as trouble:
            raise DeskError(
                _("{file} kan niet geschreven worden: {reason}.").format(
                    file=file, reason=reason_text(trouble)
                )
            ) from trouble


class _Reading:
    """Reads every table that names a person, and puts its values into words."""

    def __init__(self, connection: "Connection", actor_id: int) -> None:
        from deskterm.services.privacy.erasing import with_merged

        self._connection = connection
        self._actor_id = actor_id
        self._everybody = with_merged(connection, (actor_id,))
        self._words: dict[tuple[str, str], str] = {}

    def insight(self, day: date) -> Insight:
        """All of it, as it is on a day."""
        from deskterm.services.privacy.telling import TITLES
        from deskterm.store.bulk import table_of

        self._learn_words()
        sections = (self._section(table_of(name), _(title)) for name, title in TITLES.items())
        return Insight(self._actor_id, day, tuple(one for one in sections if one.rows))

    def _learn_words(self) -> None:
        from sqlalchemy import select

        from deskterm.store.bulk import table_of
        from deskterm.store.reads.rows import word

        listed, item, title = table_of("word"), table_of("item"), table_of("title")
        for row in self._connection.execute(select(listed)).mappings():
            self._words[row["kind"], row["code"]] = word(row["nl"], row["en"])
        kinds = table_of("membership_type")
        for code, name in self._connection.execute(select(kinds.c.code, kinds.c.name)):
            self._words["membership_code", code] = f"{code}-{name}"
        for table, column in (
            ("loan", "item_id"),
            ("hold", "title_id"),
            ("ledger_entry", "item_id"),
        ):
            named = table_of(table)
            theirs = select(named.c[column]).where(named.c.customer_id.in_(self._everybody))
            if column == "item_id":
                query = select(item.c.id, title.c.name, item.c.number).join_from(item, title)
                query = query.where(item.c.id.in_(theirs))
            else:
                query = select(title.c.id, title.c.name, title.c.author)
                query = query.where(title.c.id.in_(theirs))
            for number, *names in self._connection.execute(query):
                self._words[column, str(number)] = ", ".join(filter(None, names))

    def _section(self, table: "Table", title: str) -> Section:
        from sqlalchemy import select

        from deskterm.services.privacy.telling import HIDDEN, heading

        owner = table.c.actor_id if table.name == "customer" else table.c.customer_id
        columns = [one.name for one in table.columns if one.name not in HIDDEN]
        query = select(table).where(owner.in_(self._everybody)).order_by(*table.primary_key)
        found = [dict(row) for row in self._connection.execute(query).mappings()]
        if table.name == "relation":
            found = self._with_the_others(table, found)
        return Section(
            name=table.name,
            title=title,
            heads=tuple(heading(table.name, one) for one in columns),
            rows=tuple(tuple(self._text(table.name, one, row) for one in columns) for row in found),
            values=tuple({one: _plain(row[one]) for one in columns} for row in found),
        )

    def _with_the_others(self, table: "Table", own: list[dict[str, Any]]) -> list[dict[str, Any]]:
        """Relations, with those that stand written with the other one turned round; each once."""
        from sqlalchemy import select

        query = select(table).where(table.c.other_id.in_(self._everybody))
        others = [
            {**row, "other_id": row["customer_id"], "kind": INVERSE[row["kind"]]}
            for row in self._connection.execute(query.order_by(table.c.id)).mappings()
        ]
        known = {(row["other_id"], row["kind"]): row for row in [*others, *own]}
        return list(known.values())

    def _text(self, table: str, column: str, row: Mapping[str, Any]) -> str:
        """A value as people read it, in one line that does nothing but be read."""
        return inert(self._words_of(table, column, row))

    def _words_of(self, table: str, column: str, row: Mapping[str, Any]) -> str:
        from deskterm.services.privacy.telling import code_text, word_list

        value = row[column]
        if value is None or value == "":
            return ""
        if table == "change_log" and column in ("field", "old", "new"):
            return label(value) if column == "field" else shown(row["field"], value)
        listed = word_list(table, column, row.get("kind")) or column
        if (known := self._words.get((listed, str(value)))) is not None:
            return known
        if (said := code_text(table, column, value)) is not None:
            return said
        return _value_text(column, value)


def _value_text(column: str, value: object) -> str:
    if isinstance(value, bool):
        return _("Ja") if value else _("Nee")
    if isinstance(value, datetime):
        return f"{value.astimezone(LOCAL):%d-%m-%Y %H:%M}"
    if isinstance(value, date):
        return date_text(value)
    if column.endswith("_cents"):
        return cents_text(int(str(value)))
    return str(value)


def _plain(value: object) -> object:
    return value.isoformat() if isinstance(value, date) else value
