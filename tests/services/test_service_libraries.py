"""What a library offers and chose, what staff search by, and a store that cannot be used."""

import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from deskterm import text
from deskterm.rules.cards import CardScheme
from deskterm.rules.rights import Right
from deskterm.services import editing, finding, labels, libraries
from deskterm.services.errors import FormFaults, NotAllowed, StoreTrouble
from deskterm.services.settings import DEFAULTS
from deskterm.services.trouble import in_words
from deskterm.store import errors, tables
from deskterm.store.engine import Store
from deskterm.views.customer import Person
from deskterm.views.forms import SearchForm
from tests.services.library import Library


def test_places_and_words_are_given_in_order_and_in_the_readers_language(library: Library) -> None:
    desk = library.desk(role=None)
    assert [branch.code for branch in libraries.branches(desk)] == ["5280", "9401"]
    assert [(d.name, d.branch.name) for d in libraries.desks(desk)] == [("balie1", "Annen")]
    assert [word.name for word in libraries.words(desk, "title")] == ["Dhr.", "Mevr."]
    text.use("en")
    assert [word.name for word in libraries.words(desk, "title")] == ["Mr.", "Mrs."]
    assert libraries.words(desk, "country")[0].name == "België", "Dutch where English is missing"
    assert libraries.words(desk, "nonsense") == ()


def test_a_word_out_of_use_is_not_offered(library: Library) -> None:
    library.add(tables.Word(kind="predefined_message", code="A", nl="Oud", active=False))
    library.add(tables.Word(kind="predefined_message", code="B", nl="Paraplu vergeten"))
    texts = [word.name for word in libraries.words(library.desk(), "predefined_message")]
    assert texts == ["Paraplu vergeten"]


def test_a_setting_has_a_default_until_the_library_chooses(library: Library) -> None:
    desk = library.desk()
    assert libraries.setting(desk, "popup.block.continue") == DEFAULTS["popup.block.continue"]
    library.setting("popup.block.continue", "0")
    assert libraries.setting(desk, "popup.block.continue") == "0"
    with pytest.raises(KeyError):
        libraries.setting(desk, "popup.nonsense")


def test_codes_have_the_shapes_of_every_branch(library: Library) -> None:
    library.add(
        tables.Branch(code="3550", institution_code="1001", name="X", card_scheme="eleven-11")
    )
    shapes = libraries.card_shapes(library.desk())
    assert set(shapes.schemes) == {CardScheme.STANDARD_14, CardScheme.ELEVEN_11}
    assert shapes.branches == {"5280", "9401", "3550"}
    assert not shapes.national_number
    library.setting("card.national_number", "1")
    assert libraries.card_shapes(library.desk()).national_number


@pytest.mark.parametrize(
    ("name", "scheme"),
    [("14", CardScheme.STANDARD_14), ("eleven-11", CardScheme.ELEVEN_11),
     ("12", CardScheme.BRANCH_12), ("?", CardScheme.STANDARD_14)],
)  # fmt: skip
def test_a_scheme_is_known_by_its_name_or_its_length(name: str, scheme: CardScheme) -> None:
    assert libraries.scheme_of(name) is scheme


def test_a_store_is_empty_until_it_has_a_branch(store: Store) -> None:
    assert libraries.is_empty(store)


FORMS = [
    SearchForm(name="testabo"),
    SearchForm(number="413700"),
    SearchForm(number="2940 1000 0758 68"),
    SearchForm(external_number="LEERLING-77"),
    SearchForm(given_name="t"),
    SearchForm(born="01-01-85"),
    SearchForm(postcode="9468bg", house_number="41"),
    SearchForm(street="kruisakkers"),
    SearchForm(place="annen"),
    SearchForm(phone="0592-123456"),
    SearchForm(email="t@example"),
    SearchForm(branch="9401", name="testabo"),
]


@pytest.mark.parametrize("form", FORMS, ids=lambda form: str(form)[10:60])
def test_each_field_of_the_search_screen_finds_the_customer(
    library: Library, form: SearchForm
) -> None:
    library.customer(external_number="LEERLING-77", phone="0592 123456", email="t@example.org")
    library.customer(2, surname="Ander", initials="Q.", born=None, branch_code="5280")
    library.card()
    found = finding.search(library.desk(), form).rows
    assert 413700 in [row.actor_id for row in found]
    assert finding.search(library.desk(), replace(form, name="Zzz")).rows == ()


def test_an_item_finds_who_has_it(library: Library) -> None:
    library.customer()
    number = library.loan("Kikker")
    found = finding.search(library.desk(), SearchForm(item_number=number)).rows
    assert [row.actor_id for row in found] == [413700]


def test_a_date_of_birth_that_is_none_is_told_at_its_field(library: Library) -> None:
    with pytest.raises(FormFaults) as refused:
        finding.search(library.desk(), SearchForm(born="30-02-1985"))
    assert refused.value.faults[0][0] == "born"


def test_ended_memberships_can_be_left_out(library: Library) -> None:
    library.customer()
    library.period(status=9)
    desk = library.desk()
    assert [(row.valid, row.status) for row in finding.find(desk, "testabo").rows] == [(False, 9)]
    assert finding.find(desk, "testabo", include_ended=False).rows == ()


def test_nobody_searches_without_signing_in(library: Library) -> None:
    desk = library.desk(role=None)
    with pytest.raises(NotAllowed):
        finding.find(desk, "testabo")
    with pytest.raises(NotAllowed):
        finding.search(desk, SearchForm(name="testabo"))


@pytest.mark.parametrize("right", list(Right))
def test_every_right_has_words_for_who_lacks_it(right: Right) -> None:
    assert not NotAllowed(right).sentence.endswith(f": {right.value}.")


@pytest.mark.parametrize("kind", errors.StoreError.__subclasses__())
def test_every_trouble_with_the_store_is_told_with_what_to_do(
    kind: type[errors.StoreError],
) -> None:
    with pytest.raises(StoreTrouble) as refused, in_words("klanten.db"):
        raise kind("driver's own words")
    assert "klanten.db" in refused.value.sentence
    assert refused.value.hint
    assert "driver" not in refused.value.sentence


def test_a_locked_store_is_told_and_nothing_is_written(
    sqlite_library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    sqlite_library.customer()

    def locked(_self: Store) -> None:
        raise errors.Locked("database is locked")

    monkeypatch.setattr(Store, "write", locked)
    with pytest.raises(StoreTrouble, match="bezet"):
        editing.save(sqlite_library.desk(), 413700, 1, {"surname": "X"})


def test_every_column_that_a_form_edits_is_one_of_the_person_and_has_a_label() -> None:
    from dataclasses import fields

    from deskterm.services.edit.columns import COLUMNS

    person = {field.name for field in fields(Person)}
    assert COLUMNS.keys() <= person
    for name in (*person, "address.1.street", "block.general", "message.1", "preference.HR1"):
        assert labels.label(name) != name


@pytest.mark.parametrize(
    ("name", "value", "shown"),
    [
        ("no_mail", "1", "Ja"),
        ("no_mail", "", "Nee"),
        ("block.general", "1", "Ja"),
        ("block.general.note", "", ""),
        ("badge.OPN", "", "Nee"),
        ("surname", "1", "1"),
        ("born", "01-01-1985", "01-01-1985"),
    ],
)
def test_values_are_shown_as_staff_read_them(name: str, value: str, shown: str) -> None:
    assert labels.shown(name, value) == shown


def test_looking_up_loads_no_orm_and_nothing_that_only_saving_needs(
    sqlite_file: Path, sqlite_library: Library
) -> None:
    sqlite_library.customer()
    code = (
        "import sys\n"
        "from tests.services.light import look_up\n"
        "look_up(sys.argv[1])\n"
        "heavy = {'sqlmodel', 'sqlalchemy.orm', 'pydantic', 'alembic', 'argon2', 'schwifty',"
        " 'email_validator', 'textual', 'babel'}\n"
        "print(sorted(heavy & sys.modules.keys()))\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(sqlite_file)],
        capture_output=True, text=True, check=True, cwd=Path(__file__).parents[2],
    )  # fmt: skip
    assert done.stdout.strip() == "[]"
