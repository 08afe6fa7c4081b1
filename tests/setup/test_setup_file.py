"""Reading a set-up file: what it holds, and every fault of it at once."""

import pytest

from deskterm.paths import resource
from deskterm.rules.cards import CardScheme
from deskterm.services.errors import FormFaults
from deskterm.setup.defaults import example_memberships, words_of_new_library
from deskterm.setup.reading import parse

FAULTY = """\
[[institution]]
code = "1001"

[[branch]]
code = "94O1"
name = "Annen"
desks = []

[[branch]]
code = "5280"
name = "Zuidlaren"
desks = ["balie1"]
card_sheme = "standard-14"

[[membership]]
code = "53"
name = "Compleet"
from_age = 19
to_age = 12

[[membership]]
code = "54"
name = "Online"
tariffs = [{ tariff_code = "O", price_cents = -1, valid_from = "gisteren" }]

[[staff]]
actor_id = "negen"
username = ""
name = "J. Prins"
born = 1990-02-31x
"""


def faults_of(source: str) -> dict[str, str]:
    with pytest.raises(FormFaults) as caught:
        parse(source)
    return dict(caught.value.faults)


def test_the_example_is_right() -> None:
    setup = parse(resource("init-example.toml").read_text(encoding="utf-8"))
    assert [branch.code for branch in setup.branches] == ["9401", "5280"]
    assert setup.branches[0].desks == ("balie1", "balie2")
    assert setup.branches[1].card_scheme is CardScheme.STANDARD_14
    assert setup.memberships[1].tariffs[1].price_cents == 5800
    assert [one.role for one in setup.staff] == ["ADMIN", "BALIEBHR"]
    assert [(kind, code) for kind, code, _texts in setup.words] == [
        ("end_reason", "AF"),
        ("predefined_message", "SLE"),
    ]
    assert setup.settings == (("staff.first_pin_must_change", "1"),)


def test_every_fault_is_told_at_once_with_its_line() -> None:
    source = FAULTY.replace("1990-02-31x", "1990-02-28") + '[keuze]\n[settings]\nmuziek = "aan"\n'
    faults = faults_of(source)
    assert faults == {
        "regel 1, institution 1 name": "ontbreekt",
        "regel 5, branch 1 code": "een vestigingsnummer heeft vier cijfers",
        "regel 7, branch 1 desks": "mag niet leeg zijn",
        "regel 13, branch 2 card_sheme": "dit veld bestaat niet; bedoel je card_scheme?",
        "regel 15, membership 1": "to_age is lager dan from_age",
        "regel 24, membership 2 tariffs.0.price_cents": "is te laag",
        "regel 24, membership 2 tariffs.0.valid_from": "hoort een datum te zijn, zoals 1985-01-31",
        "regel 27, staff 1 actor_id": "hoort een heel getal te zijn",
        "regel 28, staff 1 username": "mag niet leeg zijn",
        "regel 26, staff 1 branch_code": "ontbreekt",
        "regel 31, keuze": "deze tabel bestaat niet; "
        "wel: institution, branch, membership, staff, words, settings",
        "regel 33, settings muziek": "deze instelling bestaat niet",
    }


@pytest.mark.parametrize(
    ("source", "place", "sentence"),
    [
        ("[[branch]", "bestand", "dit is geen TOML"),
        ("branch = 5", "branch 1", "dit hoort een tabel te zijn"),
        ("words = 5", "words", "dit hoort een tabel te zijn"),
        ("[words.role]\nX = 5", "regel 2, words.role X", "dit hoort een tabel te zijn"),
        ("[words.role]\nX = { en = 'x' }", "regel 2, words.role X", "ontbreekt"),
        (
            "[settings.message_kind.ATT]\nallowed = [1]",
            "regel 2, settings message_kind.ATT.allowed",
            "hier hoort tekst, een getal of true of false",
        ),
        ("[[staff]]\nrole = 'BAAS'", "regel 2, staff 1 role", "kies uit BALIEBHR"),
        ("[[branch]]\ncard_scheme = '99'", "regel 2, branch 1 card_scheme", "kies uit 'standard"),
    ],
)
def test_a_fault_says_where_and_what(source: str, place: str, sentence: str) -> None:
    faults = faults_of(source)
    assert any(place in where and words.startswith(sentence) for where, words in faults.items())


def test_numbers_stand_for_codes_and_names_are_made_harmless() -> None:
    setup = parse(
        '[[branch]]\ncode = 9401\nname = "An\\u001b[31mnen\\u202e "\ndesks = ["balie1"]\n'
    )
    assert setup.branches[0].code == "9401"
    assert setup.branches[0].name == "Annen"


def test_the_words_of_a_new_library_are_complete() -> None:
    found = {(kind, code) for kind, code, _texts in words_of_new_library()}
    kinds = {kind for kind, _code in found}
    assert {"end_reason", "role", "message_kind", "predefined_message", "customer_type"} <= kinds
    assert all(texts.nl and texts.en for _kind, _code, texts in words_of_new_library())


def test_example_memberships_name_no_branch() -> None:
    memberships = example_memberships()
    assert "Compleet" in [one.name for one in memberships]
    assert all(tariff.branch_code is None for one in memberships for tariff in one.tariffs)
