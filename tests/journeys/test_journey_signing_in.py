"""Who works here: PINs, staff cards, the growing lock, and a blank screen while one is away."""

from tests.journeys.steps import PLAIN, OpenDesk, block_of, open_plain, sign_in, start_editing


def test_actor_id_and_pin_open_the_desk(desk: OpenDesk) -> None:
    terminal = desk("--sign-in")
    assert "Prins" not in terminal.text()
    sign_in(terminal, "9001", "0101")
    terminal.wait("J. Prins")
    open_plain(terminal)


def test_nothing_of_the_pin_is_on_the_screen(desk: OpenDesk) -> None:
    terminal = desk("--sign-in")
    terminal.record = bytearray()
    sign_in(terminal, "9001", "8642")
    terminal.wait("kloppen niet|klopt niet|onjuist")
    assert b"8642" not in terminal.record


def test_a_wrong_pin_is_refused_and_five_lock_for_a_while(desk: OpenDesk) -> None:
    terminal = desk("--sign-in")
    for turn in range(5):
        sign_in(terminal, "9001", f"999{turn}")
        terminal.wait_gone("Pincode +•+")
        terminal.settle(0.4)
    sign_in(terminal, "9001", "0101")
    terminal.wait("vergrendeld|geblokkeerd|minu|seconde")
    assert "J. Prins" not in terminal.text()


def test_escape_is_no_way_around_signing_in(desk: OpenDesk) -> None:
    terminal = desk("--sign-in")
    terminal.settle(0.2)
    terminal.press("escape", "escape", "f2", "f10", "ctrl+q")
    terminal.settle(0.2)
    assert "Pincode" in terminal.text()
    assert "Voornaam/-letters" not in terminal.text()


def test_a_scan_before_signing_in_shows_no_customer(desk: OpenDesk) -> None:
    terminal = desk("--sign-in")
    terminal.settle(0.2)
    terminal.scan(PLAIN)
    terminal.settle(0.3)
    assert "Vries" not in terminal.text()
    assert "Pincode" in terminal.text()


def test_switching_user_keeps_the_customers_open(desk: OpenDesk) -> None:
    terminal = desk()
    open_plain(terminal)
    terminal.press("ctrl+n")
    terminal.wait("Wie neemt deze balie over")
    sign_in(terminal, "9001", "0101")
    terminal.wait_gone("Wie neemt")
    terminal.wait(block_of(PLAIN))


def test_locking_blanks_the_customer_until_the_pin(desk: OpenDesk) -> None:
    terminal = desk()
    open_plain(terminal)
    terminal.press("ctrl+l")
    terminal.wait("vergrendeld")
    terminal.wait_gone("Vries")
    assert PLAIN not in terminal.text()
    terminal.press("escape", "f2")
    terminal.settle(0.2)
    assert "Vries" not in terminal.text()
    terminal.type("0101")
    terminal.press("enter")
    terminal.wait(block_of(PLAIN))


def test_locking_keeps_what_is_being_typed(desk: OpenDesk) -> None:
    terminal = desk()
    open_plain(terminal)
    start_editing(terminal)
    terminal.press("tab")
    terminal.type("Q.Q.")
    terminal.press("ctrl+l")
    terminal.wait("vergrendeld")
    terminal.settle(0.2)
    terminal.type("0101")
    terminal.press("enter")
    terminal.wait("Q.Q.")


def test_a_staff_card_is_scanned_into_the_name_and_still_needs_the_pin(desk: OpenDesk) -> None:
    terminal = desk("--sign-in")
    terminal.settle(0.2)
    terminal.scan("29401999000026")
    terminal.settle(0.2)
    assert "A. Bakker" not in terminal.text()
    terminal.type("1203")
    terminal.press("enter")
    terminal.wait("A. Bakker")


def test_a_first_pin_must_be_changed_before_anything_else(desk: OpenDesk) -> None:
    terminal = desk("--sign-in")
    sign_in(terminal, "nieuw", "1704")
    terminal.wait("Dit is uw eerste pincode")
    terminal.settle(0.2)
    terminal.press("escape")
    # A terminal sends Alt+8 as Esc and 8: the keys have to stand apart.
    terminal.pump(0.3)
    terminal.wait("Dit is uw eerste pincode")
    for pin in ("8352", "8352"):
        terminal.type(pin)
        terminal.press("enter")
    terminal.wait("Uw pincode is gewijzigd")
    terminal.press("ctrl+n")
    terminal.wait("Wie neemt deze balie over")
    sign_in(terminal, "nieuw", "8352")
    terminal.wait_gone("Wie neemt")
    assert "S. Nieuwenhuis" in terminal.text()
