"""What can go wrong in a use case, in sentences that staff can act on."""

from deskterm.text import _


class DeskError(Exception):
    """Something staff can act on: `sentence` says what happened, `hint` what to do."""

    def __init__(self, sentence: str, hint: str = "") -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.hint = hint


class NotFound(DeskError):
    """Nothing matches what was typed or scanned."""


class NotAllowed(DeskError):
    """The signed-in employee has not the right that this needs."""

    def __init__(self, right: str) -> None:
        super().__init__(
            _("Hiervoor heeft u geen recht ({right}).").format(right=right),
            _("Vraag een collega met meer rechten, of wissel van gebruiker."),
        )
        self.right = right


class StoreTrouble(DeskError):
    """The store cannot be read or written now: no database, full disk, locked, read-only."""


class FormFaults(DeskError):
    """Fields that cannot be saved, every one with its own sentence; nothing was written."""

    def __init__(self, faults: tuple[tuple[str, str], ...]) -> None:
        super().__init__(
            _("Niet opgeslagen: {count} velden kloppen niet.").format(count=len(faults))
        )
        self.faults = faults


class Conflict(DeskError):
    """Another desk saved the same customer first.

    `differences` are (field, their value, your value) in words; what was typed is kept.
    """

    def __init__(self, changed_by: str, differences: tuple[tuple[str, str, str], ...]) -> None:
        super().__init__(
            _("Niet opgeslagen: {who} heeft deze klant intussen gewijzigd.").format(who=changed_by)
        )
        self.changed_by = changed_by
        self.differences = differences
