"""The one place that imports python-escpos, and what that import leaves behind.

Release 3.1 hangs a handler on the root logger and makes a folder in /tmp at every import
(printing.md 1.3). Both are undone here, so that a worker's log stays its own and a desk does
not fill its disk. The status helpers and connectors of the package are not used: see
`drivers`.
"""

from __future__ import annotations

import logging
import os
import shutil
import sys
from functools import cache
from threading import Lock
from typing import Any

_PICKLES = "ESCPOS_CAPABILITIES_PICKLE_DIR"
_importing = Lock()


def encoder(profile: str) -> Any:
    """A printer of python-escpos that only collects bytes, in its `output`.

    A new one for every document: it remembers styles and code pages.
    """
    with _importing:
        made = _dummy()
    return made(profile=profile)


@cache
def _dummy() -> Any:
    # A shared folder of pickles can be half written by another worker: it is not used.
    shared = os.environ.pop(_PICKLES, None)
    is_first = "escpos" not in sys.modules
    quiet = logging.NullHandler()
    # logging.basicConfig() leaves a root logger alone that has a handler.
    logging.getLogger().addHandler(quiet)
    try:
        from escpos import capabilities
        from escpos.printer import Dummy
    finally:
        logging.getLogger().removeHandler(quiet)
        if shared is not None:
            os.environ[_PICKLES] = shared
    if is_first:
        # Without the variable this is a folder made just now, which is never read again.
        shutil.rmtree(capabilities.pickle_dir, ignore_errors=True)
    return Dummy
