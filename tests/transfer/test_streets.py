"""Address lines in parts."""

from time import process_time

import pytest

from deskterm.transfer.streets import Door, split_street


@pytest.mark.parametrize(
    ("line", "door"),
    [
        ("Kruisakkers 41", Door("Kruisakkers", "41")),
        ("Kerkstraat 12a", Door("Kerkstraat", "12", "a")),
        ("Brink 2-bis", Door("Brink", "2", "bis")),
        ("Plein 1940 12", Door("Plein 1940", "12")),
        ("2e Dwarsstraat 5", Door("2e Dwarsstraat", "5")),
        ("Heldenlaan 12 bus 3", Door("Heldenlaan", "12", "bus 3")),
        ("Heldenlaan, 12", Door("Heldenlaan", "12")),
        ("Straat zonder nummer", Door("Straat zonder nummer")),
        ("12", Door("12")),
        ("", Door("")),
    ],
)
def test_the_last_number_is_the_house_number(line: str, door: Door) -> None:
    assert split_street(line) == door


@pytest.mark.parametrize("text", ["a", "_", "a 1 ", "1 ", "é,"])
def test_what_is_too_long_for_an_address_is_not_parted(text: str) -> None:
    endless = (text * 100_000).strip()
    began = process_time()
    assert split_street(endless) == Door(endless)
    # Hours, if each letter is tried as the end of the street.
    assert process_time() - began < 20
