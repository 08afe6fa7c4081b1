"""What the one who imports can choose."""

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class ImportOptions:
    """What the one who imports chose."""

    map_file: Path | None = None
    create_missing: bool = False
    """Make branches and membership types that the library does not have yet."""
    add_new: bool = True
    update_known: bool = True
    keep: frozenset[str] = frozenset()
    """Fields of known customers that stay as they are; `street` stands for the address."""
    dry_run: bool = False
    rejects: Path | None = None
    """Where refused lines go; beside the file when not said."""
