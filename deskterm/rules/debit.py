"""Direct debit (incasso): when a customer's account may be debited, and the bank's calendar."""

import re
from collections.abc import Mapping
from datetime import date, timedelta

from deskterm.rules.faults import N_

NOTICE_DAYS = 7
"""How long before its day a debit is announced (PFI, customers.md 5.8)."""

WITHDRAWN = "CUST"
"""The code of a debit that the library took back itself, before the bank did anything with it."""

RETURN_WORDS: Mapping[str, str] = {
    "AC01": N_("het rekeningnummer bestaat niet"),
    "AC04": N_("de rekening is opgeheven"),
    "AC06": N_("de rekening is geblokkeerd"),
    "AC13": N_("van dit soort rekening kan niet worden geïncasseerd"),
    "AG01": N_("van deze rekening mag niet worden geïncasseerd"),
    "AG02": N_("de bank kent dit soort opdracht niet"),
    "AM04": N_("er staat te weinig op de rekening"),
    "AM05": N_("dubbel geïncasseerd"),
    "BE05": N_("de bank kent het incassant-ID niet"),
    "CNOR": N_("onze bank doet niet mee aan incasso"),
    WITHDRAWN: N_("op verzoek van de bibliotheek"),
    "DNOR": N_("de bank van de betaler doet niet mee aan incasso"),
    "DT01": N_("de incassodatum kan niet"),
    "DU01": N_("dubbel aangeleverd"),
    "DU02": N_("dubbel aangeleverd"),
    "DU03": N_("dubbel aangeleverd"),
    "DU04": N_("dubbel aangeleverd"),
    "DUPL": N_("dubbel aangeleverd"),
    "ED05": N_("de banken konden het niet verrekenen"),
    "FF01": N_("het bestand heeft een fout"),
    "FF05": N_("het bestand noemt een verkeerde soort incasso"),
    "FOCR": N_("op verzoek van onze bank"),
    "FRAD": N_("de bank vermoedt fraude"),
    "MD01": N_("er is geen geldige machtiging"),
    "MD02": N_("gegevens van de machtiging ontbreken of kloppen niet"),
    "MD06": N_("de betaler heeft het laten terugboeken"),
    "MD07": N_("de betaler is overleden"),
    "MS02": N_("de betaler weigert, reden niet genoemd"),
    "MS03": N_("de bank noemt geen reden"),
    "RC01": N_("de BIC klopt niet"),
    "RR01": N_("de bank mist het rekeningnummer van de betaler"),
    "RR02": N_("de bank mist naam of adres van de betaler"),
    "RR03": N_("de bank mist naam of adres van de bibliotheek"),
    "RR04": N_("de bank mag het van de wet niet uitvoeren"),
    "SL01": N_("de betaler heeft incasso door de bibliotheek bij de bank geblokkeerd"),
    "TECH": N_("er was een technische storing"),
    "TM01": N_("het bestand kwam te laat bij de bank"),
}
"""Why a debit came back or was rejected, by the bank's code (ISO 20022,
ExternalReturnReason1Code and ExternalStatusReason1Code)."""

DUPLICATE = frozenset({"AM05", "DU01", "DU02", "DU03", "DU04", "DUPL"})
"""Reasons to reject what the bank has already: the one that it has stands."""

_MANDATE = re.compile(r"[A-Za-z0-9+?/:().,' -]{1,35}", re.ASCII)


def mandate_holds(given: date | None, revoked: date | None, day: date) -> bool:
    """Tell whether a mandate was given by a day and not withdrawn by then."""
    return given is not None and given <= day and (revoked is None or day < revoked)


def mandate_id(institution: str, actor_id: int, given: date) -> str:
    """Number a mandate: one per customer and day of signing, so a new one gets a new number."""
    return f"{institution}-{actor_id}-{given:%Y%m%d}"


def is_mandate_id(text: str) -> bool:
    """Tell whether banks take a mandate number: 35 characters of a small set (SEPA rulebook)."""
    return _MANDATE.fullmatch(text) is not None


def is_creditor_id(text: str) -> bool:
    """Tell whether a creditor identifier (incassant-ID) is sound: AT-02, check digits mod 97.

    The three characters of the business code (5-7) do not count in the check.
    """
    if re.fullmatch(r"[A-Z]{2}\d{2}[A-Z0-9]{3}[A-Z0-9]{1,28}", text, re.ASCII) is None:
        return False
    turned = text[7:] + text[:4]
    return int("".join(str(int(sign, 36)) for sign in turned)) % 97 == 1


def easter(year: int) -> date:
    """Give Easter Sunday (Gregorian, the algorithm of Meeus, Jones and Butcher)."""
    a, b, c = year % 19, year // 100, year % 100
    d, e = divmod(b, 4)
    g = (8 * b + 13) // 25
    h = (19 * a + b - d - g + 15) % 30
    i, k = divmod(c, 4)
    m = (32 + 2 * e + 2 * i - h - k) % 7
    n = (a + 11 * h + 22 * m) // 451
    month, day = divmod(h + m - 7 * n + 114, 31)
    return date(year, month, day + 1)


def is_bank_day(day: date) -> bool:
    """Tell whether banks settle on a day: the calendar of TARGET, the euro's payment system."""
    if day.weekday() >= 5 or (day.month, day.day) in ((1, 1), (5, 1), (12, 25), (12, 26)):
        return False
    sunday = easter(day.year)
    return day not in (sunday - timedelta(days=2), sunday + timedelta(days=1))


def next_bank_day(day: date) -> date:
    """Give the day itself when banks settle on it, else the first one after it."""
    while not is_bank_day(day):
        day += timedelta(days=1)
    return day
