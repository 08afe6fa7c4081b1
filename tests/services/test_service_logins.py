"""Whom the server let in need not say who it is."""

from deskterm.services import logins, staff
from deskterm.store import chain, tables
from tests.services.library import Library


def with_own_pin(library: Library, *, active: bool = True) -> None:
    """The employee of actor-id 9001 has chosen a PIN, or has left."""
    with library.store.write() as session:
        row = session.get_one(tables.Staff, 1)
        row.pin_must_change = False
        row.active = active
        session.add(row)


def test_a_login_of_that_user_name_signs_in_without_a_pin_and_it_is_written_down(
    library: Library,
) -> None:
    with_own_pin(library)
    desk = library.desk(role=None)
    view = logins.known(desk, "BalieBHR")
    assert view is not None
    assert (view.actor_id, view.role) == (9001, "BALIEBHR")
    logins.sign_in(desk.signed_in_as(view))
    assert library.log(None) == [("sign_in", "", "", "ssh-user")]


def test_that_line_is_a_link_of_the_chain_between_others(library: Library) -> None:
    with_own_pin(library)
    desk = library.desk()
    for _round in range(2):
        staff.sign_in(desk, "9005", "0501")
        logins.sign_in(desk)
    with library.store.read() as connection:
        assert list(chain.broken_links(connection)) == []
        assert chain.end_of(connection).id >= 4


def test_who_has_no_pin_of_their_own_yet_signs_in_with_it_first(library: Library) -> None:
    assert logins.known(library.desk(role=None), "baliebhr") is None


def test_a_login_that_is_nobodys_gets_the_sign_in_screen(library: Library) -> None:
    with_own_pin(library)
    desk = library.desk(role=None)
    for login in ("", "root", "9001", "29401999900005", "' OR 1=1 --"):
        assert logins.known(desk, login) is None
    assert library.log(None) == []


def test_who_left_the_library_is_not_let_in(library: Library) -> None:
    with_own_pin(library, active=False)
    assert logins.known(library.desk(role=None), "baliebhr") is None


def test_wrong_pins_of_others_do_not_keep_a_login_out(sqlite_library: Library) -> None:
    with_own_pin(sqlite_library)
    desk = sqlite_library.desk(role=None)
    for guess in range(6):
        try:
            staff.sign_in(desk, "9001", f"777{guess}")
        except staff.SignInRefused:
            continue
        raise AssertionError("a wrong PIN was taken")
    assert logins.known(desk, "baliebhr") is not None
