"""What the practice library owes can be settled, and its books are right."""

from sqlalchemy import text

from deskterm import demo
from deskterm.bootstrap import PRACTICE_DAY
from deskterm.services import ledger, settling
from deskterm.services.desk import DayClock, Desk
from deskterm.services.staff import MACHINE
from deskterm.store.engine import Store
from deskterm.views.desk import BranchView, DeskView

UNPAID = text(
    """
    SELECT c.customer_id, c.id, c.period_id FROM ledger_entry c
    JOIN membership_period p ON p.id = c.period_id
    WHERE c.kind = 'charge' AND c.account = 'contribution' AND p.status = 2 AND c.mark = 'F'
    ORDER BY c.id LIMIT 1
    """
)
STATUS = text("SELECT status FROM membership_period WHERE id = :number")


def test_the_practice_library_can_be_settled(sqlite_store: Store) -> None:
    demo.build(sqlite_store, PRACTICE_DAY, 200)
    place = DeskView(1, "balie1", BranchView("9401", "Annen", "1001"))
    desk = Desk(sqlite_store, DayClock(PRACTICE_DAY), place, MACHINE)
    assert ledger.check(desk) == ()
    with sqlite_store.read() as connection:
        actor_id, charge, period = connection.execute(UNPAID).one()
    owed = settling.open_lines(desk, actor_id)
    line = next(line for line in owed.lines if line.charge_id == charge)
    settling.pay(desk, actor_id, "practice", [charge], "B000", line.open_cents)
    with sqlite_store.read() as connection:
        assert connection.scalar(STATUS, {"number": period}) == 5
    settling.charge(desk, actor_id, "pass", "2803", 500)
    assert ledger.check(desk) == ()
