"""Finding by name: any part of it, several words in any order, house number and birth date too.

Who has a surname that begins with the first word comes first (tier 0), then whoever else matches
(tier 1), each by name. Three letters match a handful of people or a third of the library, so there
are two ways through, and the trigram index tells which is short: few matches are fetched and
sorted; many lie close together in the index of names, so walking along that ends soon.
"""

from dataclasses import dataclass
from datetime import date

from deskterm.store.light import Reader, text
from deskterm.store.search.conditions import LAST_LETTER, Conditions, customers_by_name, trigrams
from deskterm.store.search.needles import Needle, Question, needle_of, question_of
from deskterm.store.search.pages import Found, Place, page, place_of

MANY = 3000
"""From so many matches on, walking past all the names between two is the shorter way."""


def find(
    connection: Reader,
    typed: str,
    *,
    today: date,
    include_ended: bool = True,
    branch: str = "",
    after: str | None = None,
    limit: int = 100,
) -> Found:
    """Find customers by what was typed on the desk line; `after` is the last page's next key.

    A text without a letter or digit finds nobody.
    """
    question = question_of(typed, today)
    if not question.needles:
        return (), None
    search = _Search(connection, question, branch, None if include_ended else today)
    return page(connection, search.places(place_of(after), limit + 1), limit, today)


@dataclass(frozen=True, slots=True)
class _Search:
    connection: Reader
    question: Question
    branch: str
    valid_on: date | None

    def places(self, after: Place, wanted: int) -> list[Place]:
        first: list[Place] | None = None if after.tier == 0 and self.question.lead else []
        if first is None and self._surnames_are_few():
            first = self._walk(0, after, wanted)
            if len(first) == wanted:
                return first
        if self._has_few_matches():
            return self._sort(after, wanted)
        if first is None:
            first = self._walk(0, after, wanted)
        second = after if after.tier else _SECOND_TIER
        return first + self._walk(1, second, wanted - len(first))

    def _surnames_are_few(self) -> bool:
        """Whether to look first among the surnames that begin so: that is short, or enough."""
        return self.question.is_lead_only or len(self.question.lead) >= 3

    def _has_few_matches(self) -> bool:
        asked = trigrams(self.question.needles)
        if self.connection.dialect.name != "sqlite" or not asked:
            return False
        found = self.connection.execute(_COUNT, {"asked": asked, "most": MANY + 1}).scalar_one()
        return int(found) <= MANY

    def _sort(self, after: Place, wanted: int) -> list[Place]:
        where = self._conditions()
        asked = where.bind(trigrams(self.question.needles))
        tier = self._tier(where)
        named = f"{where.bind(after.sort_key)}, {where.bind(after.actor_id)}"
        found = self.connection.execute(
            text(
                f"SELECT {tier} AS tier, c.sort_key, c.actor_id"
                " FROM customer_name_text t JOIN customer c ON c.actor_id = t.rowid"
                f" WHERE t.customer_name_text MATCH {asked} AND {where.sql}"
                f" AND ({tier}, c.sort_key, c.actor_id) > ({where.bind(after.tier)}, {named})"
                f" ORDER BY 1, 2, 3 LIMIT {where.bind(wanted)}"
            ),
            where.values,
        )
        return [Place(*row) for row in found]

    def _walk(self, tier: int, after: Place, wanted: int) -> list[Place]:
        lead = self.question.lead
        # A surname that begins with the lead need not be looked through for it.
        where = self._conditions(needle_of(lead) if tier == 0 else None)
        if tier == 0:
            where.begins("c.sort_key", lead)
        elif lead:
            where.parts.append(f"{self._tier(where)} = 1")
        place = f"({where.bind(after.sort_key)}, {where.bind(after.actor_id)})"
        found = self.connection.execute(
            text(
                f"SELECT {tier}, c.sort_key, c.actor_id FROM {customers_by_name(where.dialect)}"
                f" WHERE {where.sql}"
                f" AND (c.sort_key, c.actor_id) > {place}"
                f" ORDER BY c.sort_key, c.actor_id LIMIT {where.bind(wanted)}"
            ),
            where.values,
        )
        return [Place(*row) for row in found]

    def _conditions(self, met: Needle | None = None) -> Conditions:
        where = Conditions(self.connection.dialect.name)
        for needle in self.question.needles:
            if needle != met:
                where.holds("c.name_text", needle)
        if self.branch:
            where.equals("c.branch_code", self.branch)
        if self.valid_on:
            where.lives(self.valid_on)
        return where

    def _tier(self, where: Conditions) -> str:
        lead = self.question.lead
        if not lead:
            return "1"
        low, high = where.bind(lead), where.bind(lead + LAST_LETTER)
        return f"CASE WHEN c.sort_key >= {low} AND c.sort_key < {high} THEN 0 ELSE 1 END"


_SECOND_TIER = Place(1, "", -1)
_COUNT = text(
    "SELECT count(*) FROM (SELECT rowid FROM customer_name_text"
    " WHERE customer_name_text MATCH :asked LIMIT :most)"
)
