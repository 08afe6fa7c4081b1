"""Who may be the one that is being enrolled, and what is known of an address."""

from typing import TYPE_CHECKING

from deskterm.rules.duplicates import Face, Likeness, likeness
from deskterm.services.enrol.person import Applicant
from deskterm.store.light import text
from deskterm.store.reads import duplicates as reads
from deskterm.store.reads.rows import rows, text_of
from deskterm.store.search.keys import address_keys
from deskterm.store.search.pages import Place, page
from deskterm.views.enrolment import Candidate, KnownAddress

if TYPE_CHECKING:
    from deskterm.store.light import Reader

_ORDER = (Likeness.SAME, Likeness.MAYBE, Likeness.TWIN)
_MOST = 20
_LAST = "\U0010ffff"
_DUTCH_POSTCODE = 6

_STREETS = text(
    """
    SELECT street, place, country FROM address
    WHERE postcode_key >= :low AND postcode_key < :high AND street <> '' AND place <> '' LIMIT 1
    """
)


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
    places = [Place(0, "", number) for number in ids]
    shown, _following = page(connection, places, len(places), who.today)
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
        for row in shown
    )


def known_address(connection: "Reader", postcode: str, house_number: str) -> KnownAddress | None:
    """Look an address up among those of other customers.

    A whole Dutch postcode is one street (or a part of one), so any door in it tells the street.
    """
    keys = address_keys({"postcode": postcode, "house_number": house_number})
    door = keys["postcode_key"]
    code = door.partition(" ")[0]
    starts = [door] if " " in door else []
    if len(code) == _DUTCH_POSTCODE:
        starts.append(f"{code} ")
    for start in starts:
        for row in rows(connection, _STREETS, {"low": start, "high": start + _LAST}):
            return KnownAddress(
                text_of(row["street"]), text_of(row["place"]), text_of(row["country"])
            )
    return None


def _face(who: Applicant) -> Face:
    texts = who.texts
    return Face(texts["surname"], texts["prefix"], texts["initials"], texts["first_name"], who.born)


def _asked(who: Applicant, face: Face) -> reads.Asked:
    texts = who.texts
    return reads.Asked(
        face,
        postcode=texts["address.1.postcode"],
        house_number=texts["address.1.house_number"],
        house_addition=texts["address.1.house_addition"],
        emails=(texts["email"].strip(),),
        phones=(texts["phone"], texts["mobile"]),
        country=texts["address.1.country"],
    )
