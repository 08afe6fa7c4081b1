"""Inzage: every table that names a person is in it, in words, as text and nothing more."""

import json
from datetime import date
from pathlib import Path

import pytest

from deskterm.services import insight
from deskterm.services.errors import DeskError, Erased, Merged, NotAllowed, NotFound
from deskterm.services.log_actions import LOG_ACTIONS
from deskterm.services.privacy import pages, telling
from deskterm.store import tables
from deskterm.store.tables import metadata
from deskterm.text import N_
from tests.security.corpus import EVERYTHING, TERMINAL
from tests.services.library import TODAY, Library
from tests.services.test_privacy_erasing import GONE, OTHER, PERSONAL, person

__all__ = ["person"]
BESIDE = {"change_log": "names a customer without a key"}


def test_every_table_that_names_a_customer_is_told_or_left_out_for_a_reason() -> None:
    naming = {
        table.name
        for table in metadata.sorted_tables
        for column in table.columns
        for key in column.foreign_keys
        if key.column.table.name == "customer"
    }
    assert sorted([*telling.TITLES, *telling.LEFT_OUT]) == sorted({*naming, *BESIDE})


def test_every_column_that_is_told_has_a_name() -> None:
    nameless = [
        f"{name}.{column.name}"
        for name in telling.TITLES
        for column in metadata.tables[name].columns
        if column.name not in telling.HIDDEN and telling.heading(name, column.name) == column.name
    ]
    assert nameless == []
    assert N_("x") == "x"


def test_everything_of_a_person_is_in_it(person: Library) -> None:
    found = insight.read(person.desk(), GONE)
    told = "\n".join(
        [pages.as_html(found), pages.as_markdown(found), pages.as_json(found)]
    ).casefold()
    assert [word for word in PERSONAL if word not in told] == []
    assert {one.name for one in found.sections} >= {
        "customer", "address", "card", "membership_period", "loan", "message", "block",
        "login_account", "mail_job", "change_log",
    }  # fmt: skip


def rows(library: Library, actor_id: int, name: str) -> list[dict[str, str]]:
    found = insight.read(library.desk(), actor_id)
    (section,) = [one for one in found.sections if one.name == name]
    return [dict(zip(section.heads, row, strict=True)) for row in section.rows]


def test_it_speaks_in_words(person: Library) -> None:
    (period,) = rows(person, GONE, "membership_period")
    assert (period["Abonnement"], period["Status"], period["Kosten"]) == (
        "53-Compleet", "Normaal", "58,00",
    )  # fmt: skip
    (loan,) = rows(person, GONE, "loan")
    assert (loan["Exemplaar"].startswith("Turks fruit"), loan["Terug"]) == (True, "15-03-2026")
    (block,) = rows(person, GONE, "block")
    assert block["Soort"] == "Algemene blokkade"
    (line,) = rows(person, GONE, "change_log")[:1]
    assert (line["Veld"], line["Oud"], line["Nieuw"]) == ("Achternaam", "Winterdijk", "Zomerdijk")


def test_other_people_are_in_it_by_number_alone(person: Library) -> None:
    person.add(tables.Relation(customer_id=GONE, other_id=OTHER, kind="parent"))
    relation = {"Actor-id van de ander": str(OTHER), "Soort": "Ouder of verzorger"}
    assert relation in rows(person, GONE, "relation")
    found = insight.read(person.desk(), GONE)
    assert "Testabo" not in pages.as_html(found) + pages.as_json(found)


def test_ties_that_others_have_with_them_are_in_it_once(person: Library) -> None:
    person.add(
        tables.Relation(customer_id=OTHER, other_id=GONE, kind="parent"),
        tables.Relation(customer_id=OTHER, other_id=GONE, kind="partner"),
        tables.Relation(customer_id=GONE, other_id=OTHER, kind="partner"),
    )
    assert [tuple(row.values()) for row in rows(person, GONE, "relation")] == [
        (str(OTHER), "Kind"), (str(OTHER), "Partner"),
    ]  # fmt: skip
    read = json.loads(pages.as_json(insight.read(person.desk(), GONE)))
    assert {(row["other_id"], row["kind"]) for row in read["tables"]["relation"]} == {
        (OTHER, "child"), (OTHER, "partner"),
    }  # fmt: skip


def test_no_code_of_the_program_is_left_in_it(person: Library) -> None:
    person.add(
        tables.Word(kind="profile_type", code="interest", nl="Interesses"),
        tables.Word(kind="profile:interest", code="RZ", nl="Reizen"),
        tables.Word(kind="newsletter", code="MB", nl="Maandbericht"),
        tables.CustomerProfile(customer_id=GONE, kind="interest", code="RZ"),
        tables.CustomerLabel(customer_id=GONE, kind="newsletter", code="MB"),
    )
    insight.read(person.desk(), GONE)
    (profile,) = rows(person, GONE, "customer_profile")
    assert list(profile.values()) == ["Interesses", "Reizen"]
    assert ["Nieuwsbrief", "Maandbericht"] in [
        list(row.values()) for row in rows(person, GONE, "customer_label")
    ]
    told = {row["Wat"] for row in rows(person, GONE, "change_log")}
    assert {"Gewijzigd", "Inzage gegeven"} <= told
    assert not told & set(LOG_ACTIONS)


def test_who_was_merged_into_them_is_in_it(person: Library) -> None:
    person.customer(777, merged_into_id=GONE, surname="Vroeger")
    assert [row["Achternaam"] for row in rows(person, GONE, "customer")] == ["Zomerdijk", "Vroeger"]
    with pytest.raises(Merged):
        insight.read(person.desk(), 777)


def test_giving_it_is_logged_and_refused_to_others(person: Library) -> None:
    before = person.log(GONE)
    insight.read(person.desk(), GONE)
    assert person.log(GONE)[len(before) :] == [("privacy.insight", "", "", "")]
    with pytest.raises(NotAllowed):
        insight.read(person.desk("BESTELBHR"), GONE)
    with pytest.raises(NotFound):
        insight.read(person.desk(), 99999)


def test_of_who_was_erased_nothing_is_told(person: Library) -> None:
    person.customer(778, erased_on=date(2026, 1, 1))
    with pytest.raises(Erased):
        insight.read(person.desk(), 778)


def test_hostile_text_is_text(sqlite_library: Library) -> None:
    sqlite_library.customer(GONE, private_comment=EVERYTHING, surname="<script>alert(1)</script>")
    found = insight.read(sqlite_library.desk(), GONE)
    html, markdown, told = (write(found) for write in pages.WRITERS.values())
    assert "<script" not in html
    assert r"\<script\>" in markdown
    assert all(not TERMINAL.search(text.replace("\n", "")) for text in (html, markdown, told))
    values = json.loads(told)["tables"]["customer"][0]
    assert values["surname"] == "<script>alert(1)</script>"


def test_files_are_their_owners_alone_and_nothing_is_written_in_part(
    sqlite_library: Library, tmp_path: Path
) -> None:
    sqlite_library.customer(GONE)
    files = [tmp_path / "a.html", tmp_path / "a.json"]
    insight.write(sqlite_library.desk(), GONE, files)
    assert [file.stat().st_mode & 0o777 for file in files] == [0o600, 0o600]
    assert json.loads(files[1].read_text())["day"] == TODAY.isoformat()
    with pytest.raises(DeskError, match=r"x\.pdf"):
        insight.write(sqlite_library.desk(), GONE, [tmp_path / "b.md", tmp_path / "x.pdf"])
    assert not (tmp_path / "b.md").exists()
    with pytest.raises(DeskError, match="kan niet geschreven worden: dat bestand of die map is er"):
        insight.write(sqlite_library.desk(), GONE, [tmp_path / "none" / "b.md"])
