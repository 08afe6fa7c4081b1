"""What the store knows of addresses: those that a register told, and those of customers."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import NamedTuple

from deskterm.rules.names import fold
from deskterm.store.light import Reader, text
from deskterm.store.reads.rows import as_day, rows, text_of
from deskterm.store.search.conditions import LAST_LETTER
from deskterm.store.search.keys import address_keys
from deskterm.views.addresses import FoundAddress

MOST = 5
"""Streets or places that are offered."""

_KEPT = text(
    """
    SELECT house_addition, street, place, told_on FROM known_address
    WHERE country = :country AND postcode = :postcode AND house_number = :house_number
    ORDER BY house_addition, street, place
    """
)
_KEEP = text(
    """
    INSERT INTO known_address
        (country, postcode, house_number, house_addition, street, place, source, told_on)
    VALUES
        (:country, :postcode, :house_number, :house_addition, :street, :place, :source, :told_on)
    ON CONFLICT (country, postcode, house_number, house_addition, street, place)
        DO UPDATE SET source = excluded.source, told_on = excluded.told_on
    """
)
_FORGET = text(
    """
    DELETE FROM known_address
    WHERE country = :country AND postcode = :postcode AND house_number = :house_number
        AND street IN :streets AND told_on < :told_on
    """,
    many=("streets",),
)
# A postcode of a Belgian town has the doors of thousands: the first of them will do.
_STREETS = text(
    """
    SELECT DISTINCT street, place FROM (
        SELECT street, place FROM address
        WHERE postcode_key >= :low AND postcode_key < :high AND street <> '' AND place <> ''
            AND street_key >= :street AND street_key < :street_end AND country = :country
        LIMIT 500
    ) AS near ORDER BY street, place
    """
)


class Door(NamedTuple):
    """What is asked: a postcode without blanks, a house number, and in Belgium a street."""

    country: str
    postcode: str
    house_number: str
    street: str = ""


class Kept(NamedTuple):
    """Addresses that a register told, and the day on which it did."""

    found: tuple[FoundAddress, ...]
    told_on: date


def kept(connection: Reader, door: Door) -> Kept | None:
    """Give what a register told of a door; None when it was never asked or knew nothing."""
    values = {
        "country": door.country,
        "postcode": door.postcode,
        "house_number": door.house_number if door.street or door.country != "BE" else "",
    }
    told = [
        row
        for row in rows(connection, _KEPT, values)
        if not door.street or fold(str(row["street"])) == fold(door.street)
    ]
    if not told:
        return None
    found = (
        FoundAddress(
            text_of(row["street"]),
            text_of(row["place"]),
            values["house_number"],
            text_of(row["house_addition"]),
        )
        for row in told
    )
    return Kept(tuple(found), min(as_day(row["told_on"]) for row in told))


def keep(
    connection: Reader, door: Door, found: Iterable[FoundAddress], source: str, day: date
) -> None:
    """Keep what a register told of a door, in place of what it told before."""
    told = tuple(found)
    at = {"country": door.country, "postcode": door.postcode, "told_on": day}
    for one in told:
        place = {"street": one.street, "place": one.place, "source": source}
        house = {"house_number": one.house_number, "house_addition": one.house_addition}
        connection.execute(_KEEP, at | house | place)
    streets = sorted({one.street for one in told})
    for number in sorted({one.house_number for one in told}):
        connection.execute(_FORGET, {**at, "house_number": number, "streets": streets})


def of_customers(connection: Reader, door: Door) -> Sequence[FoundAddress]:
    """Give streets and places as customers have them: behind that door, else in that postcode.

    A whole Dutch postcode is one street, or a part of one, so any door in it tells the street. A
    Belgian one tells the place, and the streets that begin as one is written.
    """
    keys = address_keys({"postcode": door.postcode, "house_number": door.house_number})
    ranges = [keys["postcode_key"], f"{door.postcode} "]
    if door.country == "BE":
        ranges = ranges[1:]
    for low in ranges:
        street = fold(door.street) if door.country == "BE" else ""
        values = {
            "low": low,
            "high": low + LAST_LETTER,
            "street": street,
            "street_end": street + LAST_LETTER,
            "country": door.country,
        }
        near = [(text_of(row["street"]), text_of(row["place"]))
                for row in rows(connection, _STREETS, values)]  # fmt: skip
        if door.country == "BE" and not street:
            near = [("", place) for _street, place in near]
        if near:
            return [FoundAddress(*one) for one in dict.fromkeys(near)][:MOST]
    return ()
