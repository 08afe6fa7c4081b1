"""A series whose program is killed in the middle has changed nobody; a later one changes all."""

import subprocess
import sys

from deskterm.services import series
from deskterm.store.chain import broken_links
from tests.services.household import rows_of, wanted
from tests.services.library import Library

PEOPLE = range(1000, 2100)
CHANGES = {"phone": "0592-271235", "no_mail": "1"}
KILLED = """
import os, signal, sys
from deskterm.services import series
from deskterm.store.engine import open_store
from tests.services.household import wanted
from tests.services.library import Library

def die(done, total):
    if 0 < done < total:
        os.kill(os.getpid(), signal.SIGKILL)

library = Library(open_store(sys.argv[1]))
people = wanted(library, {"phone": "0592-271235", "no_mail": "1"}, *range(1000, 2100))
series.save(library.desk(), people, "k", len(people), die)
"""


def test_all_or_nothing(library: Library, store_url: str) -> None:
    for actor_id in PEOPLE:
        library.customer(actor_id)
    library.customer(1)
    before = rows_of(library)
    child = subprocess.run(
        [sys.executable, "-c", KILLED, store_url], check=False, capture_output=True, timeout=120
    )
    assert (child.returncode, child.stderr) == (-9, b"")
    assert rows_of(library) == before
    assert library.log(PEOPLE[0]) == []
    people = wanted(library, CHANGES, *PEOPLE)
    assert series.save(library.desk(), people, "k", len(people)).people == len(PEOPLE)
    assert [line[0] for line in library.log(PEOPLE[-1])] == ["series", "series"]
    with library.store.look() as connection:
        assert list(broken_links(connection)) == []
