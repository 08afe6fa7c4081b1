"""Customer files in and out: CSV with our own columns or Koha's."""

from deskterm.transfer.errors import CannotImport
from deskterm.transfer.exporting import export_customers
from deskterm.transfer.importing import ImportReport, import_customers
from deskterm.transfer.options import ImportOptions

__all__ = ["CannotImport", "ImportOptions", "ImportReport", "export_customers", "import_customers"]
