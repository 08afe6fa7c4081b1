"""Merge two records, in one transaction that can be taken back."""

from collections.abc import Mapping

from deskterm.services.desk import Desk
from deskterm.views.merging import Merged


def merge(
    desk: Desk,
    keeper_id: int,
    loser_id: int,
    versions: tuple[int, int],
    key: str,
    chosen: Mapping[str, str],
    decisions: Mapping[str, str],
    *,
    sure: bool = False,
) -> Merged:
    """Merge the loser into the keeper; the same key again gives the first answer.

    `versions` are those that `compare` showed, of keeper and loser. `chosen` says per field of
    `compare` whose value stays, `keeper` or `loser`; a field that is not named stays the keeper's.
    `decisions` answers every `Decision` the same way.

    Raises:
        DeskError: as `compare`; a decision is missing; or there are warnings and nobody is `sure`.
        Conflict: one of the two was saved since.
        NotAllowed, NotFound: as `compare`.
        ValueError: a field or an answer that `compare` does not offer; a screen made a mistake.
    """
    raise NotImplementedError
