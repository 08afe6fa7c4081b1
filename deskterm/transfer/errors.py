"""What makes a whole file impossible to import; a bad line never does."""

from deskterm.services.errors import DeskError


class CannotImport(DeskError):
    """The file, or the map that goes with it, cannot be used at all."""
