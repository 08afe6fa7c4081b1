"""What a rule says when a value breaks it: one Dutch sentence, translated by whoever shows it."""


def N_(msgid: str) -> str:
    """Mark a text for the catalogue without translating it: the rules know no language."""
    return msgid


class RuleFault(ValueError):
    """A value that a rule refuses.

    ``msgid`` is a Dutch sentence with ``{names}``, ``params`` are the values for those names:
    ``_(fault.msgid).format(**fault.params)`` is the sentence in the reader's language.
    """

    def __init__(self, msgid: str, **params: str | int) -> None:
        super().__init__(msgid)
        self.msgid = msgid
        self.params = params

    def __str__(self) -> str:
        return self.msgid.format(**self.params)
