"""Readers of typed texts: each gives the value to keep or raises a RuleFault that says why not."""

from datetime import date

from deskterm.rules.dates import parse_date
from deskterm.rules.emails import check_email
from deskterm.rules.faults import N_, RuleFault
from deskterm.rules.names import inert
from deskterm.rules.phones import check_phone
from deskterm.services.edit.draft import Facts, Parser, Value


def line(most: int, *, required: bool = False) -> Parser:
    """A text of one line: no control characters, single blanks, at most so many characters."""

    def read(text: str, _facts: Facts) -> Value:
        value = " ".join(inert(text).split())
        if len(value) > most:
            raise RuleFault(
                N_("{label}: hoogstens {most} tekens, dit zijn er {count}."),
                most=most,
                count=len(value),
            )
        if required and not value:
            raise RuleFault(N_("{label} moet ingevuld worden."))
        return value

    return read


def choice(kind: str, *, required: bool = False) -> Parser:
    """A code of a pick list, or nothing."""

    def read(text: str, facts: Facts) -> Value:
        code = text.strip()
        if not code and required:
            raise RuleFault(N_("{label} moet ingevuld worden."))
        if code and code not in facts.words.get(kind, ()):
            raise RuleFault(N_("{label}: {code} staat niet in de lijst."), code=inert(code)[:40])
        return code

    return read


def one_of(*codes: str) -> Parser:
    """One of a few codes that the store itself knows."""

    def read(text: str, _facts: Facts) -> Value:
        if text not in codes:
            raise RuleFault(N_("{label}: {code} staat niet in de lijst."), code=inert(text)[:40])
        return text

    return read


def branch(text: str, facts: Facts) -> Value:
    """The number of a branch of this library."""
    if text.strip() not in facts.branches:
        raise RuleFault(N_("Vestiging {code} bestaat niet."), code=inert(text)[:40])
    return text.strip()


def flag(text: str, _facts: Facts) -> Value:
    """Yes or no, as forms send them: `1` or nothing."""
    if text not in ("1", "0", ""):
        raise RuleFault(N_("{label}: kies ja of nee."))
    return text == "1"


def day(text: str, facts: Facts) -> Value:
    """A date, or nothing."""
    return _date(text, facts, birth=False)


def birth(text: str, facts: Facts) -> Value:
    """A date of birth, never in the future, or nothing."""
    return _date(text, facts, birth=True)


def phone(text: str, facts: Facts) -> Value:
    """A telephone number as typed, or nothing."""
    return check_phone(_short(text, 40), facts.country)


def email(text: str, _facts: Facts) -> Value:
    """A mail address, or nothing; whether the domain takes mail is not asked."""
    address = check_email(_short(text, 254))
    if not address:
        return ""
    from email_validator import EmailNotValidError, validate_email

    try:
        return validate_email(address, check_deliverability=False).normalized
    except EmailNotValidError as error:
        raise RuleFault(N_("{text} is geen e-mailadres."), text=address) from error


def iban(text: str, _facts: Facts) -> Value:
    """An account number, without its blanks, or nothing."""
    number = "".join(_short(text, 60).split()).upper()
    if not number:
        return ""
    from schwifty import IBAN
    from schwifty.exceptions import InvalidChecksumDigits, SchwiftyException

    try:
        IBAN(number)
    except InvalidChecksumDigits as error:
        raise RuleFault(
            N_("{text} is geen IBAN: het controlegetal klopt niet."), text=number
        ) from error
    except SchwiftyException as error:
        raise RuleFault(
            N_("{text} is geen IBAN, zoals NL91 ABNA 0417 1643 00."), text=number
        ) from error
    return number


def bic(text: str, _facts: Facts) -> Value:
    """The code of a bank, or nothing."""
    code = "".join(_short(text, 40).split()).upper()
    if not code:
        return ""
    from schwifty import BIC
    from schwifty.exceptions import SchwiftyException

    try:
        return str(BIC(code))
    except SchwiftyException as error:
        raise RuleFault(
            N_("{text} is geen BIC: acht of elf letters en cijfers."), text=code
        ) from error


def counter(text: str, _facts: Facts) -> Value:
    """A count that is not negative."""
    if not (text.isascii() and text.isdigit() and len(text) < 10):
        raise RuleFault(N_("{label}: vul een getal in."))
    return int(text)


def username(text: str, _facts: Facts) -> Value:
    """A login name of 4 to 80 characters without blanks (customers.md 5.5), or nothing."""
    name = inert(text).strip()
    if name and (not 4 <= len(name) <= 80 or any(character.isspace() for character in name)):
        raise RuleFault(N_("{label}: 4 tot 80 tekens, zonder spaties."))
    return name


def _date(text: str, facts: Facts, *, birth: bool) -> date | None:
    typed = _short(text, 40)
    return parse_date(typed, facts.today, birth=birth) if typed else None


def _short(text: str, most: int) -> str:
    """A typed value that is about to be named in a sentence: inert, and not endless."""
    value = inert(text).strip()
    if len(value) > most:
        raise RuleFault(
            N_("{label}: hoogstens {most} tekens, dit zijn er {count}."),
            most=most,
            count=len(value),
        )
    return value
