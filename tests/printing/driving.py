"""Driving a driver as the worker does."""

from deskterm.printing.model import (
    Driver,
    Form,
    Outcome,
    PrinterJob,
    Progress,
    Stage,
)

RECEIPT = b"\x1b@Ingeleverd: De ontdekking van de hemel\n\x1dV\x00"
LONG = b"\x1b@" + b"Een lange bon\n" * 300_000


def job(payload: bytes = RECEIPT, form: Form = Form.ESCPOS) -> PrinterJob:
    return PrinterJob(17, payload, form)


class Told:
    """What a driver has told, in order."""

    def __init__(self) -> None:
        self.all: list[Progress] = []

    def __call__(self, progress: Progress) -> None:
        self.all.append(progress)

    @property
    def stages(self) -> list[Stage]:
        return [progress.stage for progress in self.all]


def run(driver: Driver, told: Told, work: PrinterJob | None = None, wait: float = 5) -> Outcome:
    """Send a job, by default a receipt, and wait for its end."""
    work = work or job()
    try:
        receipt = driver.send(work, told)
        return driver.confirm(work, receipt, wait, told)
    finally:
        driver.close()
