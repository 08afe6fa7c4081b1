"""Whether a store holds a library yet, found without loading the database library."""

from pathlib import Path


def is_new(place: str) -> bool:
    """Tell whether this store is a file that is missing, empty or without a branch.

    Asked before the first screen, so it may take no longer than a moment: of a server or of a file
    that cannot be read it says no, and opening the store tells what is wrong.
    """
    if "://" in place:
        return False
    file = Path(place).expanduser()
    if not file.exists() or (file.is_file() and file.stat().st_size == 0):
        return True
    import sqlite3

    connection = sqlite3.connect(f"{file.absolute().as_uri()}?mode=ro", uri=True)
    try:
        return connection.execute("SELECT 1 FROM branch LIMIT 1").fetchone() is None
    except sqlite3.Error:
        return False
    finally:
        connection.close()
