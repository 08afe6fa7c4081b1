"""Where fields stand: two on a line while labels and contents fit, labels always whole."""

from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from deskterm.widgets.fields import Field
from deskterm.widgets.form_layout import field_rows, place_fields

SHORT = (Field("surname", "Achternaam", required=True), Field("prefix", "Tussenvoegsel"))
LONG = (
    Field("notify", "Meld titel eerder geleend", "flag", width=7, section="Keuzes"),
    Field("receipts", "Klantbonnen", "flag", value="1", width=7, section="Keuzes"),
)


def _drawn(
    fields: tuple[Field, ...], width: int, faults: dict[str, str] | None = None
) -> list[str]:
    wrong = faults or {}
    placed, height = place_fields(fields, wrong, width)
    values = {field.name: field.value for field in fields}
    return [row.text.rstrip() for row in field_rows(fields, placed, values, wrong, -1, height)]


def test_two_short_fields_share_a_line_of_80() -> None:
    first, *rest = _drawn(SHORT, 80)
    assert first.split() == ["Achternaam*", "_" * 18, "Tussenvoegsel", "_" * 18]
    assert not any(rest)


def test_a_long_label_is_whole_and_its_section_stands_in_one_column() -> None:
    lines = [line for line in _drawn((*SHORT, *LONG), 80) if line]
    assert lines[1:] == [
        "Keuzes",
        "Meld titel eerder geleend   Nee",
        "Klantbonnen                 Ja",
    ]


def test_a_fault_stands_under_its_field() -> None:
    lines = _drawn(SHORT, 80, {"surname": "Achternaam moet ingevuld worden."})
    assert lines[0].startswith("Achternaam*")
    assert lines[1] == "! Achternaam moet ingevuld worden."


FIELDS = st.lists(
    st.builds(
        Field,
        st.uuids().map(str),
        st.text(st.characters(categories=["L"]), min_size=1, max_size=40),
        st.sampled_from(["text", "flag", "long"]),
        width=st.integers(1, 60),
        section=st.sampled_from(["", "A", "B"]),
    ),
    min_size=1,
    max_size=12,
).map(lambda made: tuple(sorted(made, key=lambda field: field.section)))


@given(fields=FIELDS, width=st.integers(60, 200))
def test_fields_never_overlap_nor_leave_the_screen(fields: tuple[Field, ...], width: int) -> None:
    placed, height = place_fields(fields, {}, width)
    cells = [(place.y, x) for place in placed for x in range(place.label_x, place.x + place.width)]
    assert len(cells) == len(set(cells))
    assert all(0 <= place.y < height and place.x + place.width <= width for place in placed)
    assert all(cell_len(line) <= width for line in _drawn(fields, width))
