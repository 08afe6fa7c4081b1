"""Every use case refuses who may not do it: nobody signed in, no rights, too low a role."""

import sqlite3
from collections import defaultdict
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from deskterm.rules.rights import Right, Role, lowest_role
from deskterm.services.desk import Desk
from deskterm.services.errors import DeskError, NotAllowed, NotSignedIn
from tests.security.use_cases import UseCase, all_use_cases
from tests.services.library import Library, staff_of

NEEDS_NO_RIGHT = {
    "drafts.drop": "one's own unfinished forms; nothing happens without an employee",
    "drafts.keep": "one's own unfinished forms; nothing happens without an employee",
    "drafts.offered": "one's own unfinished forms; none without an employee",
    "errands.worker_needed": "whether a worker has to be started; tells nothing of anybody",
    "libraries.branches": "places, which the sign-in screen shows",
    "libraries.card_shapes": "how numbers look, which scans are known by before signing in",
    "libraries.desks": "places, which the sign-in screen shows",
    "libraries.setting": "a choice of the library",
    "libraries.words": "a word list of the library",
    "logins.known": "for `bootstrap` alone, which signs in whom the server has let in",
    "logins.sign_in": "tells that somebody was let in; changes nothing else",
    "printing.what": "what the settings say of this desk's printers",
    "staff.by_actor_id": "for `bootstrap` alone, which signs the practice library's employee in",
    "staff.change_pin": "one's own PIN; the old one is asked, and nobody has none",
    "staff.check_pin": "proves who somebody is",
    "staff.sign_in": "proves who somebody is",
    "staff.sign_in_card": "proves who somebody is",
    "tidying.tidy": "throws away what may be kept no longer; tells nothing of anybody",
}
ABOVE_THE_DESK = {
    Right.CUSTOMER_MERGE: {
        f"merging.{name}"
        for name in (
            "candidates",
            "compare",
            "left_of",
            "merge",
            "pair_rows",
            "pairs",
            "take_apart",
        )
    },
    Right.CUSTOMER_DELETE: {
        "removing.left_of",
        "removing.obstacles",
        "removing.remove",
        "removing.take_back",
    },
    Right.STORNO: {"settling.storno"},
    Right.DIRECT_DEBIT: {
        "incasso.again",
        "incasso.book",
        "incasso.book_status",
        "incasso.prepare",
        "incasso.withdraw",
    },
    Right.STAFF_MANAGE: {
        "staff.add",
        "staff.reset_pin",
        "staff.set_active",
        "staff.unlock",
        "viewings.viewers",
    },
    Right.LIBRARY_MANAGE: {"letters.write", "month.run", "retention.run", "setup.prices.load"},
    Right.IMPORT: {"series.of_file", "transfer.importing.import_customers"},
    Right.EXPORT: {"insight.read", "insight.write", "transfer.exporting.export_customers"},
}
"""What the lowest role may not do, by the right it takes."""

ALL = all_use_cases()
GUARDED = [one for one in ALL if one.name not in NEEDS_NO_RIGHT]


def with_rights(library: Library, rights: frozenset[str]) -> Desk:
    return library.desk().signed_in_as(replace(staff_of("ADMIN"), rights=rights))


def refusal(use_case: UseCase, desk: Desk, folder: Path) -> NotAllowed | None:
    """Why it is refused; None when it is let through, whatever comes of it then."""
    try:
        use_case.call(desk, folder)
    except NotAllowed as refused:
        return refused
    except (DeskError, ValueError):  # The latter for words that no screen offers.
        return None
    return None


def rights_asked(use_case: UseCase, library: Library, folder: Path) -> frozenset[str]:
    """Every right that it asks for, found by giving them one by one."""
    rights = frozenset[str]()
    while (refused := refusal(use_case, with_rights(library, rights), folder)) is not None:
        assert refused.right not in rights
        rights |= {refused.right}
    return rights


@pytest.fixture
def watch(shared_library: Library) -> Iterator[sqlite3.Connection]:
    """Somebody else who looks at the same file, and is told when anything is written."""
    assert shared_library.store.file is not None
    with closing(sqlite3.connect(shared_library.store.file)) as connection:
        yield connection


def writes(watch: sqlite3.Connection) -> int:
    """A number that changes with everything that others commit."""
    return int(watch.execute("PRAGMA data_version").fetchone()[0])


def test_the_list_of_what_needs_no_right_names_what_there_is() -> None:
    assert set(NEEDS_NO_RIGHT) <= {one.name for one in ALL}
    assert len(GUARDED) > 70


@pytest.mark.parametrize("use_case", GUARDED, ids=str)
def test_nobody_and_who_has_no_rights_are_refused_and_nothing_is_written(
    shared_library: Library, watch: sqlite3.Connection, tmp_path: Path, use_case: UseCase
) -> None:
    before = writes(watch)
    nobody = refusal(use_case, shared_library.desk(None), tmp_path)
    assert isinstance(nobody, NotSignedIn)
    rightless = refusal(use_case, with_rights(shared_library, frozenset()), tmp_path)
    assert rightless is not None
    assert rightless.right in set(Right)
    assert writes(watch) == before
    assert list(tmp_path.glob("*.csv")) == []


@pytest.mark.parametrize("use_case", GUARDED, ids=str)
def test_each_role_may_do_what_its_rights_say(
    shared_library: Library, tmp_path: Path, use_case: UseCase
) -> None:
    asked = rights_asked(use_case, shared_library, tmp_path)
    for role in Role:
        may = all(role >= lowest_role(Right(right)) for right in asked)
        refused = refusal(use_case, shared_library.desk(role.name), tmp_path)
        assert (refused is None) == may, f"{use_case} as {role.name}"


def test_what_only_higher_roles_may_do_is_known(shared_library: Library, tmp_path: Path) -> None:
    found = defaultdict[Right, set[str]](set)
    for use_case in GUARDED:
        for right in map(Right, rights_asked(use_case, shared_library, tmp_path)):
            if lowest_role(right) > Role.BALIEBHR:
                found[right].add(use_case.name)
    assert found == ABOVE_THE_DESK
