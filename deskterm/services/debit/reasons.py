"""Why a debit came back, in words."""

from deskterm.rules.debit import RETURN_WORDS
from deskterm.text import _


def return_text(code: str) -> str:
    """Say a bank's return code with the code behind it; a code without words shows itself."""
    words = RETURN_WORDS.get(code)
    if words is not None:
        return f"{_(words)} ({code})"
    return code or _("de bank noemt geen reden")
