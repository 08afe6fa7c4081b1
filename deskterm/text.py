"""The words on the screen, in the language of the one who reads them.

Texts stand in the code in Dutch, marked with `_`, `pgettext`, `ngettext` or `N_`, and are looked
up when they are shown, so a change of language needs no restart. Every other language is a gettext
catalogue in deskterm/locale. The language belongs to the process: one desk, one reader.
"""

from __future__ import annotations

import errno
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from gettext import NullTranslations

SOURCE_LANGUAGE = "nl"
LANGUAGES = ("nl", "en")
LOCALE_FOLDER = Path(__file__).parent / "locale"

_language = SOURCE_LANGUAGE
_catalogue: NullTranslations | None = None


def N_(msgid: str) -> str:
    """Mark a text for the catalogue that is translated later, where it is shown."""
    return msgid


_MONTHS = (
    N_("januari"),
    N_("februari"),
    N_("maart"),
    N_("april"),
    N_("mei"),
    N_("juni"),
    N_("juli"),
    N_("augustus"),
    N_("september"),
    N_("oktober"),
    N_("november"),
    N_("december"),
)
_REASONS = {
    errno.ENOENT: N_("dat bestand of die map is er niet"),
    errno.EACCES: N_("daar is geen toegang toe"),
    errno.EPERM: N_("daar is geen toegang toe"),
    errno.EISDIR: N_("dat is een map"),
    errno.ENOTDIR: N_("daarin is iets een bestand en geen map"),
    errno.ENOSPC: N_("de schijf is vol"),
    errno.EROFS: N_("daar kan alleen gelezen worden"),
}
"""Why the system refuses a file, for those who do not read its English."""


def use(language: str) -> None:
    """Speak this language (`nl` or `en`) from now on.

    Raises ValueError for a language there is no catalogue of.
    """
    global _catalogue, _language  # noqa: PLW0603 - the language is the process's one setting
    if language not in LANGUAGES:
        raise ValueError(f"unknown language {language!r}, known: {', '.join(LANGUAGES)}")
    if language == SOURCE_LANGUAGE:
        _catalogue = None
    else:
        from gettext import translation

        _catalogue = translation("deskterm", LOCALE_FOLDER, [language], fallback=True)
    _language = language


def language() -> str:
    """The language that is spoken now."""
    return _language


def _(msgid: str) -> str:
    """The text in the current language; the Dutch text where a translation is missing."""
    # gettext answers the empty text with the header of the catalogue.
    if _catalogue is None or not msgid:
        return msgid
    return _catalogue.gettext(msgid)


def pgettext(context: str, msgid: str) -> str:
    """The text of one of two things for which Dutch has one word; the context says which."""
    return msgid if _catalogue is None else _catalogue.pgettext(context, msgid)


def ngettext(singular: str, plural: str, count: int) -> str:
    """The text for one or for many, in the current language."""
    if _catalogue is None:
        return singular if count == 1 else plural
    return _catalogue.ngettext(singular, plural, count)


def date_text(day: date | None) -> str:
    """A day as `06-07-2022`, in every language as it is typed; nothing for no day."""
    return "" if day is None else f"{day.day:02}-{day.month:02}-{day.year:04}"


def long_date(day: date) -> str:
    """A day in words: `6 juli 2022`."""
    return f"{day.day} {_(_MONTHS[day.month - 1])} {day.year}"


def cents_text(cents: int) -> str:
    """Cents as an amount: `58,00`, in every language as it is typed."""
    sign = "-" if cents < 0 else ""
    euros, rest = divmod(abs(cents), 100)
    return f"{sign}{euros},{rest:02}"


def reason_text(error: OSError | UnicodeError) -> str:
    """Say why a file cannot be read or written; the rare reasons in the system's own words."""
    if isinstance(error, UnicodeError):
        return _("dat is geen tekst in UTF-8")
    known = _REASONS.get(error.errno or 0)
    return _(known) if known else error.strerror or str(error)
