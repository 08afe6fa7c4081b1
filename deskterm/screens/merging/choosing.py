"""What staff have chosen so far between two records."""

from dataclasses import dataclass, field

from deskterm.views.merging import Comparison, Decision, Side


@dataclass(slots=True)
class Choosing:
    """Whose value stays, by the names of fields and of decisions; nothing is decided for staff."""

    fields: dict[str, Side] = field(default_factory=dict)
    decisions: dict[str, Side] = field(default_factory=dict)

    @classmethod
    def of(cls, comparison: Comparison, before: "Choosing | None" = None) -> "Choosing":
        """What is suggested, or was chosen before where it can still be chosen."""
        was = before or cls()
        return cls(
            {
                pair.name: was.fields.get(pair.name, pair.suggested)
                for pair in comparison.fields
                if pair.choosable
            },
            {
                one.name: was.decisions[one.name]
                for one in comparison.decisions
                if one.name in was.decisions
            },
        )

    def left(self, comparison: Comparison) -> list[Decision]:
        """What staff have still to decide."""
        return [one for one in comparison.decisions if one.name not in self.decisions]
