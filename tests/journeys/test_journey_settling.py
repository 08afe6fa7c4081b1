"""Afrekenen with its ways out, what F8 takes back, and the till."""

from pathlib import Path

from tests.journeys.money_steps import charge_five, to_the_means
from tests.journeys.steps import (
    PLAIN,
    OpenDesk,
    block_of,
    choose,
    do_with_row,
    go_on,
    open_plain,
    press_until_gone,
    rows_of,
)
from tests.terminal import Terminal

OWES = "29401000075967"
"""Dhr. Ter Horst: reminded, 29,00 of his contribution open, one pop-up."""

CHILD = "29401000075892"
"""Sanne de Vries, for whom her father pays."""
PAYER = "29401000075884"


def acts(store: Path) -> list[tuple[str, str, int]]:
    """What was booked by settling: the kind, the journal, the cents received."""
    query = "SELECT kind, journal, received_cents FROM ledger_act WHERE key NOT LIKE 'demo%'"
    with rows_of(store) as connection:
        return [tuple(row) for row in connection.execute(f"{query} ORDER BY id")]


def open_owing(terminal: Terminal) -> None:
    """Open the customer who owes, past his pop-up."""
    terminal.scan(OWES)
    go_on(terminal, "Factuur gemaakt")
    terminal.wait(block_of(OWES))
    terminal.wait("contributie +29,00")


def open_settling(terminal: Terminal) -> None:
    """Alt+E: the lines and the amount."""
    terminal.press("alt+e")
    terminal.wait("Te betalen 29,00")


def test_paying_more_than_is_due_shows_the_change_and_the_receipt(
    desk: OpenDesk, practice: Path
) -> None:
    terminal = desk()
    before = acts(practice)
    open_owing(terminal)
    open_settling(terminal)
    terminal.type("40")
    press_until_gone(terminal, "enter", "╭─ Ontvangen")
    terminal.wait("Terug 11,00")
    press_until_gone(terminal, "enter", "│ +OK")
    press_until_gone(terminal, "alt+c", "Hoe\\?")
    go_on(terminal, "Betaalbewijs printen")
    terminal.wait(r"Bon 1: 29,00 betaald\. Terug 11,00\.")
    terminal.wait("contributie +0,00")
    terminal.wait("Vervalt ")
    assert acts(practice)[len(before) :] == [("pay", "K000", 4000)]


def test_enter_held_down_pays_registers_and_waives_nothing(desk: OpenDesk, practice: Path) -> None:
    terminal = desk()
    before = acts(practice)
    open_owing(terminal)
    open_settling(terminal)
    to_the_means(terminal)
    terminal.send("\r" * 30)
    terminal.settle(0.5)
    terminal.wait("Hoe\\?")
    press_until_gone(terminal, "escape", "Hoe\\?")
    terminal.wait("╭─ Ontvangen")
    press_until_gone(terminal, "escape", "╭─ Ontvangen")
    assert acts(practice) == before


def test_wrong_amounts_say_what_is_wrong_at_the_field(desk: OpenDesk, practice: Path) -> None:
    terminal = desk()
    before = acts(practice)
    open_owing(terminal)
    open_settling(terminal)
    for typed, sentence in (
        ("58.00", "schrijf een komma"),
        ("-1", "zonder plus of min"),
        ("1e3", "Geen bedrag"),
        ("5 8", "Geen bedrag: 5 8"),
        ("0,005", "hoogstens twee cijfers"),
    ):
        terminal.type(typed)
        terminal.press("enter")
        terminal.wait(f"! .*{sentence}")
    terminal.press(" ")
    terminal.wait("Te betalen 0,00")
    terminal.type("5")
    terminal.press("enter")
    terminal.wait("Kies ten minste één post")
    terminal.press(" ")
    terminal.wait("Te betalen 29,00")
    to_the_means(terminal, ",68")
    terminal.wait("0,68")
    assert acts(practice) == before


def test_a_card_scanned_as_the_amount_waits_and_pays_nothing(
    desk: OpenDesk, practice: Path
) -> None:
    terminal = desk()
    before = acts(practice)
    open_owing(terminal)
    open_settling(terminal)
    terminal.scan(PLAIN)
    terminal.wait(f"1 scan wacht: {PLAIN}")
    terminal.wait(r"│ 29,00 +│")
    assert acts(practice) == before
    press_until_gone(terminal, "escape", "╭─ Ontvangen")
    terminal.wait(block_of(PLAIN))


def test_waiving_is_signed_by_someone_who_may_and_kept_as_four_facts(
    desk: OpenDesk, practice: Path
) -> None:
    terminal = desk()
    open_owing(terminal)
    open_settling(terminal)
    to_the_means(terminal)
    press_until_gone(terminal, "alt+k", "Hoe\\?")
    terminal.wait("Samen wordt 29,00 kwijtgescholden")
    press_until_gone(terminal, "enter", "Samen wordt")
    choose(terminal, "Coulance")
    for name, pin, answer in (
        ("9001", "9999", "klopt niet"),
        ("9002", "1203", "mag geen 29,00 kwijtschelden"),
        ("9001", "0101", ""),
    ):
        terminal.wait("╭─ Pincode")
        terminal.settle(0.2)
        if not has_text(terminal, name):
            terminal.press("shift+tab")
            terminal.type(name)
            terminal.press("enter")
        terminal.type(pin)
        terminal.press("enter")
        if answer:
            terminal.wait(answer)
    terminal.wait("29,00 kwijtgescholden, toestemming van J. Prins")
    with rows_of(practice) as connection:
        facts = connection.execute(
            "SELECT field FROM change_log WHERE action = 'waive' ORDER BY id"
        ).fetchall()
    told = [fact for (fact,) in facts if fact.startswith("waive_")]
    assert told == ["waive_asked_by", "waive_allowed_by", "waive_reason", "waive_amount"]


def has_text(terminal: Terminal, text: str) -> bool:
    """Whether a text is on the screen now."""
    return terminal.find(rf"│ {text} ") is not None


def test_a_charge_by_hand_is_paid_and_taken_back_from_financieel(
    desk: OpenDesk, practice: Path
) -> None:
    terminal = desk()
    before = acts(practice)
    open_plain(terminal)
    charge_five(terminal)
    terminal.wait(r"Nieuwe pas 5,00 opgeboekt")
    do_with_row(terminal, "Betalen")
    terminal.wait("Te betalen 5,00")
    to_the_means(terminal)
    press_until_gone(terminal, "alt+p", "Hoe\\?")
    go_on(terminal, "Betaalbewijs printen")
    terminal.wait("Bon 1: 5,00 betaald")
    terminal.wait("registratie +0,00")
    terminal.press("end")
    do_with_row(terminal, "Herstel")
    choose(terminal, "Ja, herstel")
    terminal.wait("registratie +5,00")
    done = acts(practice)[len(before) :]
    assert [kind for kind, _journal, _cents in done] == ["charge", "pay", "undo"]


def test_a_payment_of_another_day_is_taken_back_by_storno_once(
    desk: OpenDesk, practice: Path
) -> None:
    terminal = desk()
    before = acts(practice)
    open_owing(terminal)
    terminal.press("alt+g")
    terminal.wait("15-04-2024 B000 +Betaald")
    terminal.press("end")
    do_with_row(terminal, "Storno")
    terminal.wait("Storneren op 15-04-2024")
    choose(terminal, "Storneren op vandaag")
    terminal.wait(r"Gestorneerd\. .*Terug aan de klant: 29,00\.")
    terminal.wait("contributie +58,00")
    terminal.wait("15-05-2024 B000 +Gecorrigeerd")
    terminal.wait("15-04-2024 B000 +Teruggedraaid")
    terminal.press("end")
    terminal.settle(0.2)
    terminal.press("f8")
    terminal.wait("Storno +is al teruggedraaid")
    assert [kind for kind, _journal, _cents in acts(practice)[len(before) :]] == ["storno"]


def test_the_till_is_counted_and_its_difference_booked(desk: OpenDesk, practice: Path) -> None:
    terminal = desk()
    terminal.press("f10", "right", "right")
    choose(terminal, "Kastelling")
    terminal.wait(r"in de lade hoort 76,35")
    terminal.wait(r"Ctrl\+S: tellen klaar")
    terminal.press("tab", "tab", "tab")
    terminal.type("2")
    terminal.wait("Geteld 100,00 +Verschil 23,65")
    press_until_gone(terminal, "ctrl+s", "Geteld 100,00 +Verschil")
    choose(terminal, "Ja, boek")
    terminal.wait("Verschil 23,65")
    with rows_of(practice) as connection:
        rows = connection.execute("SELECT booking_code, amount_cents FROM till_entry").fetchall()
    assert rows == [("4990", 2365)]


def test_the_day_overview_walks_to_other_days_and_back(desk: OpenDesk) -> None:
    terminal = desk()
    terminal.press("f10", "right", "right")
    choose(terminal, "Dagoverzicht")
    terminal.wait("Dagoverzicht 9401, 15-05-2024")
    press_until_gone(terminal, "left", "15-05-2024")
    terminal.wait("Dagoverzicht 9401, 14-05-2024")
    press_until_gone(terminal, "right", "14-05-2024")
    press_until_gone(terminal, "escape", "Dagoverzicht 9401")


def test_the_day_overview_is_written_where_the_notice_says(desk: OpenDesk, tmp_path: Path) -> None:
    terminal = desk(env={"XDG_DATA_HOME": str(tmp_path)})
    terminal.press("f10", "right", "right")
    choose(terminal, "Dagoverzicht naar CSV")
    terminal.wait("staan? in:")
    (file,) = (tmp_path / "deskterm" / "export").iterdir()
    assert file.name == "dagoverzicht-9401-2024-05-15.csv"
    assert file.read_text(encoding="utf-8-sig").startswith("Datum;Vestiging;Balie;Dagboek;")


def test_what_another_desk_settled_meanwhile_is_not_settled_again(
    desk: OpenDesk, practice: Path
) -> None:
    first, second = desk(), desk()
    before = acts(practice)
    for terminal in (first, second):
        open_owing(terminal)
        open_settling(terminal)
        to_the_means(terminal)
    press_until_gone(first, "alt+p", "Hoe\\?")
    go_on(first, "Betaalbewijs printen")
    first.wait("Bon 1: 29,00 betaald")
    press_until_gone(second, "alt+p", "Hoe\\?")
    second.wait("niet meer open; er is niets geboekt")
    second.wait("contributie +0,00")
    assert len(acts(practice)) == len(before) + 1


def test_help_lies_over_the_pop_up_it_is_about(desk: OpenDesk) -> None:
    terminal = desk()
    open_owing(terminal)
    open_settling(terminal)
    terminal.settle(0.2)
    terminal.press("f1")
    terminal.wait("Elke regel is een post die openstaat")
    _column, row = terminal.find("─ Hulp") or (0, 24)
    assert row < 5
    press_until_gone(terminal, "escape", "─ Hulp")
    terminal.wait("Te betalen 29,00")


def test_registering_leaves_it_open_and_a_letter_follows(desk: OpenDesk, practice: Path) -> None:
    terminal = desk()
    before = acts(practice)
    open_owing(terminal)
    open_settling(terminal)
    to_the_means(terminal)
    press_until_gone(terminal, "alt+r", "Hoe\\?")
    terminal.wait(r"Geregistreerd: 29,00 blijft open\. Er volgt 1 brief\.")
    terminal.wait("contributie +29,00")
    assert [kind for kind, _journal, _cents in acts(practice)[len(before) :]] == ["register"]
    open_settling(terminal)
    terminal.wait("factuur +29,00")


def test_a_parent_who_pays_for_a_child_settles_the_costs_of_both(
    desk: OpenDesk, practice: Path
) -> None:
    terminal = desk()
    for card in (CHILD, PAYER):
        terminal.scan(card)
        terminal.wait(block_of(card))
        charge_five(terminal)
    terminal.press("alt+e")
    terminal.wait("Te betalen 10,00")
    terminal.wait(r"Nieuwe pas \(S. de Vries\)")
    to_the_means(terminal)
    press_until_gone(terminal, "alt+p", "Hoe\\?")
    go_on(terminal, "Betaalbewijs printen")
    terminal.wait("Bon 1: 10,00 betaald")
    terminal.wait("registratie +0,00")
    terminal.press("f3")
    terminal.wait(block_of(CHILD))
    terminal.wait("registratie +0,00")
