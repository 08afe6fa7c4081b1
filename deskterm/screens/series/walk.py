"""Where staff are in a household: who is asked about, what is ticked, who was said yes to."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from deskterm import services
from deskterm.views.series import Household, Housemate, SeriesField, Wanted

ADDRESS = "address"


@dataclass(slots=True)
class Walk:
    """Goes along the others of a household; nothing is saved by it."""

    home: Household
    at: int = 0
    ticked: set[str] = field(default_factory=set)
    """Codes of fields; they stay ticked from one person to the next."""
    answers: dict[int, tuple[SeriesField, ...]] = field(default_factory=dict)
    """What changes of whom, by actor-id; nothing is Nee."""
    new_address: Mapping[str, str] | None = None
    """Typed here, because the open customer moves along."""

    @property
    def person(self) -> Housemate:
        """Who is asked about now."""
        return self.home.others[self.at]

    @property
    def texts(self) -> dict[str, str]:
        """What is copied."""
        return {**self.home.customer.texts, **(self.new_address or {})}

    def fields(self) -> list[SeriesField]:
        """The fields that say something about either of them."""
        return [
            one
            for one in services.series.ON_ADDRESS
            if any(self.texts[name] or self.person.texts[name] for name in one.names)
        ]

    def differs(self, one: SeriesField, person: Housemate | None = None) -> bool:
        """Whether copying the field changes anything."""
        texts = (person or self.person).texts
        return any(self.texts[name] != texts[name] for name in one.names)

    def tick(self, code: str) -> None:
        """Tick a field, or take the tick away."""
        self.ticked ^= {code}

    def take(self, new_address: Mapping[str, str]) -> None:
        """Let everybody of whom the address is ticked move to a new one."""
        self.new_address = new_address
        self.ticked.add(ADDRESS)

    def say_yes(self) -> bool:
        """Ja: note what is ticked for this person; False when nothing would change."""
        chosen = [one for one in self.fields() if one.code in self.ticked and self.differs(one)]
        if not chosen:
            return False
        self.answers[self.person.actor_id] = tuple(chosen)
        return True

    def say_no(self) -> None:
        """Nee: leave this person as is."""
        self.answers[self.person.actor_id] = ()

    def step(self, by: int) -> bool:
        """Go to another person; False at the end."""
        there = self.at + by
        if not 0 <= there < len(self.home.others):
            return False
        self.at = there
        return True

    def chosen(self) -> list[tuple[Housemate, tuple[SeriesField, ...]]]:
        """Who changes, and what of each; the open customer when it moves along."""
        found = [
            (one, fields) for one in self.home.others if (fields := self.answers.get(one.actor_id))
        ]
        if found and self.new_address is not None:
            moving = (one for one in services.series.ON_ADDRESS if one.code == ADDRESS)
            found.insert(0, (self.home.customer, tuple(moving)))
        return found

    def wanted(self) -> list[Wanted]:
        """The same, as the service takes it."""
        return [
            Wanted(one.actor_id, one.version, self._changes(one, fields))
            for one, fields in self.chosen()
        ]

    def _changes(self, person: Housemate, fields: tuple[SeriesField, ...]) -> dict[str, str]:
        changes: dict[str, str] = {}
        for one in fields:
            changes |= services.series.changes_to(one, self.texts, person.address_number)
        return changes
