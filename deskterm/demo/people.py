"""Invented households: the same number always gives the same people."""

from bisect import bisect
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache
from itertools import accumulate, count
from random import Random
from typing import Any

from deskterm.demo.library import read

_DAYS_A_YEAR = 365.2425
_POSTCODE_LETTERS = "ABCDEGHJKLMNPRTVWXZ"
_ONE_IN_INSTITUTION = 60


@dataclass(frozen=True, slots=True)
class Person:
    """One invented customer, apart from what happened to them."""

    first_name: str
    initials: str
    prefix: str
    surname: str
    sex: str
    born: date | None
    age: int
    organization_type: str = ""


@dataclass(slots=True)
class Household:
    """People at one address: adults first, then their children."""

    number: int
    random: Random
    branch_code: str
    address: dict[str, object]
    people: list[Person] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Names:
    girls: Sequence[str]
    boys: Sequence[str]
    surnames: Sequence[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class _Stock:
    """The name file, with shares summed up for drawing."""

    names: Sequence[_Names]
    name_shares: Sequence[int]
    places: Sequence[dict[str, Any]]
    place_shares: Sequence[int]
    institutions: Sequence[tuple[str, str]]


def households(day: date) -> Iterator[Household]:
    """Households without end; each is made from its number alone."""
    for number in count(1):
        yield household(number, day)


def household(number: int, day: date) -> Household:
    """The household of that number, with ages as on the practice day."""
    stock = _stock()
    random = Random(number)
    place = stock.places[_draw(random, stock.place_shares)]
    home = Household(number, random, place["branch_code"], _address(random, place))
    if number % _ONE_IN_INSTITUTION == 0:
        kind, name = random.choice(stock.institutions)
        home.people.append(
            Person("", "", "", f"{name} {number // _ONE_IN_INSTITUTION}", "I", None, 0, kind)
        )
        return home
    names = stock.names[_draw(random, stock.name_shares)]
    prefix, surname = random.choice(names.surnames)
    age = random.randint(19, 92)
    home.people.append(_person(random, names, prefix, surname, age, day))
    if random.random() < 0.45:
        other_prefix, other = random.choice(names.surnames)
        partner_age = max(19, age + random.randint(-6, 6))
        if random.random() < 0.3:
            other_prefix, other = prefix, surname
        home.people.append(_person(random, names, other_prefix, other, partner_age, day))
    if 25 <= age <= 52 and random.random() < 0.6:
        home.people.extend(_children(random, names, prefix, surname, age, day))
    return home


def _children(
    random: Random, names: _Names, prefix: str, surname: str, age: int, day: date
) -> Iterator[Person]:
    for _ in range(random.randint(1, 3)):
        child = _person(random, names, prefix, surname, random.randint(0, min(18, age - 20)), day)
        yield child
        if random.random() < 0.04:
            twin = _person(random, names, prefix, surname, child.age, day)
            yield Person(
                twin.first_name, twin.initials, prefix, surname, twin.sex, child.born, child.age
            )


def _person(
    random: Random, names: _Names, prefix: str, surname: str, age: int, day: date
) -> Person:
    sex = random.choice("MV")
    first_name = random.choice(names.girls if sex == "V" else names.boys)
    born = day - timedelta(days=int(age * _DAYS_A_YEAR) + random.randint(1, 364))
    letters = [first_name[0]] + [
        random.choice("ABCEGHJM") for _ in range(random.choice((0, 0, 1, 2)))
    ]
    return Person(
        first_name, "".join(f"{letter}." for letter in letters), prefix, surname, sex, born, age
    )


def _address(random: Random, place: dict[str, Any]) -> dict[str, object]:
    street = random.randrange(len(place["streets"]))
    house_number = random.randint(1, 240)
    country = place.get("country", "NL")
    postcode = place["postcode"]
    if country == "NL":
        # One pair of letters per stretch of a street, as the post gives them out.
        stretch = street * 12 + house_number // 20
        letters = divmod(stretch, len(_POSTCODE_LETTERS))
        postcode += f" {_POSTCODE_LETTERS[letters[0] % 19]}{_POSTCODE_LETTERS[letters[1]]}"
    return {
        "street": place["streets"][street],
        "house_number": str(house_number),
        "house_addition": random.choice(("", "", "", "", "", "", "a", "b")),
        "postcode": postcode,
        "place": place["place"],
        "country": country,
    }


def _draw(random: Random, shares: Sequence[int]) -> int:
    return bisect(shares, random.randrange(shares[-1]))


@cache
def _stock() -> _Stock:
    file = read("demo", "names.toml")
    people, places = file["people"], file["place"]
    return _Stock(
        names=[_Names(p["girls"], p["boys"], [_split(s) for s in p["surnames"]]) for p in people],
        name_shares=list(accumulate(p["share"] for p in people)),
        places=places,
        place_shares=list(accumulate(p["share"] for p in places)),
        institutions=[(i["organization_type"], n) for i in file["institution"] for n in i["names"]],
    )


def _split(surname: str) -> tuple[str, str]:
    prefix, bar, rest = surname.partition("|")
    return (prefix, rest) if bar else ("", surname)
