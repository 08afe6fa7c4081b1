"""Bring a store to the newest shape. Imports Alembic, so only a store that needs it comes here."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection

from deskterm.store.engine import Store
from deskterm.store.revision import HEAD, revision_of

_FOLDER = Path(__file__).parent / "migrations"


def migrate(store: Store, revision: str | None) -> None:
    """Run the missing migrations in one transaction, after a backup of a store that has data."""
    if store.file is not None and revision is not None:
        from deskterm.store.backup import backup

        backup(store, backup_name(store.file, revision))
    with store.write_plain() as connection:
        # Another desk that started at the same moment may have done it while we waited.
        if revision_of(connection) != HEAD:
            upgrade(connection)


def backup_name(file: Path, revision: str) -> Path:
    """Where the copy of an older store is kept: `deskterm.db` gives `deskterm-0001.db`."""
    return file.with_name(f"{file.stem}-{revision}{file.suffix}")


def upgrade(connection: Connection, target: str = "head") -> None:
    """Run the migrations up to `target` on a connection that is in a transaction."""
    config = Config()
    config.set_main_option("script_location", str(_FOLDER).replace("%", "%%"))
    config.attributes["connection"] = connection
    command.upgrade(config, target)
