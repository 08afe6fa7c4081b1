"""Who may be the one that is being enrolled."""

from typing import TYPE_CHECKING

from deskterm.rules.duplicates import Face, Likeness, likeness
from deskterm.services.enrol.person import ADDRESS_PARTS, Applicant
from deskterm.store.reads import duplicates as reads
from deskterm.store.search.pages import listed
from deskterm.views.enrolment import Candidate

if TYPE_CHECKING:
    from deskterm.store.light import Reader

_ORDER = (Likeness.SAME, Likeness.MAYBE, Likeness.TWIN)
_MOST = 20


def candidates(connection: "Reader", who: Applicant, but: int | None) -> tuple[Candidate, ...]:
    """Find who is like an applicant, the likeliest first; `but` is the one who is re-enrolled."""
    face = _face(who)
    found = {
        one.actor_id: (one, like)
        for one in reads.alike(connection, _asked(who, face))
        if one.actor_id != but and (like := likeness(face, one.face, one.matches)) is not None
    }
    if not found:
        return ()
    ids = sorted(found, key=lambda number: (_ORDER.index(found[number][1]), number))[:_MOST]
    roles = reads.roles_of(connection, ids, who.today)
    return tuple(
        Candidate(
            actor_id=row.actor_id,
            name=row.name,
            born=row.born,
            address=row.address,
            place=f"{row.postcode} {row.place}".strip(),
            card_number=row.card_number,
            email=found[row.actor_id][0].email,
            likeness=found[row.actor_id][1].value,
            matches=frozenset(match.value for match in found[row.actor_id][0].matches),
            roles=roles[row.actor_id],
            membership_name=row.membership_name,
            status=row.status,
            valid=row.valid,
        )
        for row in listed(connection, ids, who.today)
    )


def _face(who: Applicant) -> Face:
    texts = who.texts
    return Face(texts["surname"], texts["prefix"], texts["initials"], texts["first_name"], who.born)


def _asked(who: Applicant, face: Face) -> reads.Asked:
    texts = who.texts
    return reads.Asked(
        face,
        address={part: texts[f"address.1.{part}"] for part in ADDRESS_PARTS},
        emails=(texts["email"].strip(),),
        phones=(texts["phone"], texts["mobile"]),
        country=texts["address.1.country"],
    )
