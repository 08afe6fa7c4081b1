"""`python -m deskterm` is the same as `deskterm`."""

import sys

from deskterm.cli import main

sys.exit(main())
