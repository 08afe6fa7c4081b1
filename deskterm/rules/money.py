"""Money as integer cents, read with the Dutch decimal comma."""

import re

from deskterm.rules.faults import N_, RuleFault

LARGEST_TYPED = 9_999_999
"""The largest amount staff may type, in cents: 99.999,99."""

LONGEST_TYPED = 9
"""Digits in a row beyond which it was a scan and no amount."""

_AMOUNT = re.compile(r"(?P<euros>\d{1,3}(?:\.\d{3})+(?=,)|\d*)(?:,(?P<cents>\d{1,2}))?", re.ASCII)


def parse_cents(text: str) -> int:
    """Read an amount as typed at the desk: ``58``, ``58,5``, ``,68``, ``1.234,56``.

    Raises RuleFault: a point for the comma, a sign, spaces, more than two decimals, too large.
    """
    typed = text.strip().removeprefix("€").strip()
    match = _AMOUNT.fullmatch(typed)
    if not typed or match is None or not (match["euros"] or match["cents"]):
        raise RuleFault(_why_not(typed), text=typed)
    euros = match["euros"].replace(".", "").lstrip("0")
    cents = (match["cents"] or "").ljust(2, "0")
    if len(euros) > 5:
        raise RuleFault(N_("{text} is te veel: het hoogste bedrag is 99.999,99."), text=typed)
    return int(euros or "0") * 100 + int(cents)


def parse_received(text: str, total: int) -> int:
    """Read what a customer hands over when `total` cents are due; nothing typed is exactly that.

    Raises RuleFault: what `parse_cents` refuses, nothing at all, or a number that was scanned.
    """
    typed = text.strip()
    if not typed:
        return total
    if sum(sign.isdigit() for sign in typed) > LONGEST_TYPED:
        raise RuleFault(N_("{text} is een gescand nummer, geen bedrag."), text=typed)
    cents = parse_cents(typed)
    if cents == 0:
        raise RuleFault(N_("Zonder geld is er niets te betalen: kies dan Registreren."))
    return cents


def _why_not(typed: str) -> str:
    if not typed:
        return N_("Vul een bedrag in, zoals 58,00.")
    if typed.startswith(("-", "+")):
        return N_("{text}: schrijf het bedrag zonder plus of min.")
    if re.fullmatch(r"\d+\.\d+", typed, re.ASCII):
        return N_("{text}: schrijf een komma voor de centen, zoals 58,00.")
    if re.fullmatch(r"[\d.]*,\d{3,}", typed, re.ASCII):
        return N_("{text}: een bedrag heeft hoogstens twee cijfers achter de komma.")
    return N_("Geen bedrag: {text}. Schrijf het zoals 58,00.")
