"""Letters as files: from the template, once, and a list of who has no address."""

from datetime import date
from pathlib import Path

import pytest

from deskterm.services import letters, month
from deskterm.services.errors import NotAllowed
from tests.services.enrolling import add_prices
from tests.services.library import Library

JULY = date(2026, 7, 1)


@pytest.fixture
def billed(library: Library) -> Library:
    """Two customers who were billed; one wants no letters."""
    add_prices(library)
    library.customer()
    library.customer(2, surname="Zonder", no_mail=True)
    library.period()
    library.period(2)
    month.run(library.desk(), JULY)
    return library


def test_a_letter_has_name_address_and_amount(billed: Library, tmp_path: Path) -> None:
    done = letters.write(billed.desk(), tmp_path / "brieven")
    assert (done.written, done.no_address) == (1, 1)
    (file,) = (tmp_path / "brieven").glob("2026-07-01-CAJ-413700-*.txt")
    found = file.read_text(encoding="utf-8")
    assert "Dhr. T. Testabo\nKruisakkers 41\n9468 BG  ANNEN\n" in found
    assert "53-Compleet loopt van 01-08-2026 tot en met 31-07-2027" in found
    assert "EUR 58,00" in found
    listed = (tmp_path / "brieven" / "zonder-adres.csv").read_text(encoding="utf-8")
    assert listed.splitlines()[1:] == ["2;Dhr. T. Zonder;CAJ;2026-07-01"]


def test_letters_are_written_once(billed: Library, tmp_path: Path) -> None:
    letters.write(billed.desk(), tmp_path)
    assert letters.write(billed.desk(), tmp_path / "tweede").written == 0


def test_a_run_goes_on_from_batch_to_batch(
    library: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from deskterm.store.tables import Letter

    monkeypatch.setattr(letters, "BATCH", 2)
    library.customer()
    for day in range(1, 6):
        # The third cannot be written yet, so it is still there when the run has passed it.
        kind, on = ("PFI", JULY) if day == 3 else ("CAJ", date(2026, 1, day))
        library.add(Letter(customer_id=413700, kind=kind, day=on, at=library.clock.now()))
    told: list[tuple[int, int]] = []
    done = letters.write(library.desk(), tmp_path, lambda *now: told.append(now))
    assert (done.written, told) == (4, [(2, 4), (4, 4)])
    assert len(list(tmp_path.glob("*-CAJ-*.txt"))) == 4


def test_two_letters_of_a_kind_on_a_day_are_two_files(library: Library, tmp_path: Path) -> None:
    from deskterm.store.tables import Letter

    library.customer()
    for _membership in range(2):
        library.add(Letter(customer_id=413700, kind="CAJ", day=JULY, at=library.clock.now()))
    assert letters.write(library.desk(), tmp_path).written == 2
    assert len(list(tmp_path.glob("*-CAJ-*.txt"))) == 2


@pytest.mark.parametrize("kind", ["CAJ", "CAH", "CAE"])
def test_every_kind_of_letter_has_a_template(
    sqlite_library: Library, tmp_path: Path, kind: str
) -> None:
    from deskterm.store.tables import Letter

    sqlite_library.customer()
    sqlite_library.add(
        Letter(customer_id=413700, kind=kind, day=JULY, at=sqlite_library.clock.now())
    )
    letters.write(sqlite_library.desk(), tmp_path)
    (file,) = tmp_path.glob(f"2026-07-01-{kind}-413700-*.txt")
    found = file.read_text(encoding="utf-8")
    assert "$" not in found
    assert "Geachte Dhr. T. Testabo" in found


def test_only_an_administrator_writes_letters(library: Library, tmp_path: Path) -> None:
    with pytest.raises(NotAllowed):
        letters.write(library.desk("BALIEBHR"), tmp_path)
