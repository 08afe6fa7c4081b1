"""What hangs on a customer in small tables, from addresses to relations."""

from deskterm.rules.names import display_name
from deskterm.rules.relations import INVERSE
from deskterm.store.light import Reader, text
from deskterm.store.reads.rows import as_day, rows, text_of, word
from deskterm.store.values import as_date
from deskterm.views.customer import AddressView, BlockNote, CardView, RelationView, RoleView

_ADDRESSES = text(
    """
    SELECT id, kind, street, house_number, house_addition, postcode, place, country,
           from_on, until_on, returned_on
    FROM address WHERE customer_id = :actor_id ORDER BY position, id
    """
)
_CARDS = text(
    """
    SELECT c.id, c.number, c.kind, c.status, c.branch_code, b.name, c.issued_on, c.last_used_on
    FROM card c JOIN branch b ON b.code = c.branch_code
    WHERE c.customer_id = :actor_id
    ORDER BY c.kind DESC, c.issued_on DESC, c.id DESC
    """
)
_MESSAGES = text(
    "SELECT m.line, m.text FROM message m WHERE m.customer_id = :actor_id ORDER BY m.line"
)
_BLOCKS = text(
    """
    SELECT id, kind, note, since FROM block
    WHERE customer_id = :actor_id AND lifted_at IS NULL ORDER BY since, id
    """
)
_ROLES = text(
    """
    SELECT r.id, r.code, w.nl, w.en, r.begin_on, r.end_on
    FROM customer_role r LEFT JOIN word w ON w.kind = 'role' AND w.code = r.code
    WHERE r.customer_id = :actor_id
    ORDER BY r.begin_on DESC, r.id DESC
    """
)
# An institution has more members than a tab has room for; the family screen lists them.
_RELATIONS = text(
    """
    SELECT r.id, r.kind, 1 AS is_upper, r.other_id, c.initials, c.first_name, c.prefix, c.surname
    FROM relation r JOIN customer c ON c.actor_id = r.other_id
    WHERE r.customer_id = :actor_id AND c.merged_into_id IS NULL AND c.erased_on IS NULL
    UNION ALL
    SELECT r.id, r.kind, 0, r.customer_id, c.initials, c.first_name, c.prefix, c.surname
    FROM relation r JOIN customer c ON c.actor_id = r.customer_id
    WHERE r.other_id = :actor_id AND r.kind <> 'institution'
    AND c.merged_into_id IS NULL AND c.erased_on IS NULL
    ORDER BY 1
    """
)


def addresses(connection: Reader, actor_id: int) -> tuple[AddressView, ...]:
    """Read every address, by position."""
    return tuple(
        AddressView(
            id=row["id"],
            kind=text_of(row["kind"]),
            street=text_of(row["street"]),
            house_number=text_of(row["house_number"]),
            house_addition=text_of(row["house_addition"]),
            postcode=text_of(row["postcode"]),
            place=text_of(row["place"]),
            country=text_of(row["country"]),
            from_on=as_date(row["from_on"]),
            until_on=as_date(row["until_on"]),
            returned_on=as_date(row["returned_on"]),
        )
        for row in rows(connection, _ADDRESSES, {"actor_id": actor_id})
    )


def cards(connection: Reader, actor_id: int) -> tuple[CardView, ...]:
    """Read every card, the hoofdpas first."""
    return tuple(
        CardView(
            id=row["id"],
            number=text_of(row["number"]),
            kind=row["kind"],
            status=row["status"],
            branch_code=text_of(row["branch_code"]),
            branch_name=text_of(row["name"]),
            issued_on=as_day(row["issued_on"]),
            last_used_on=as_date(row["last_used_on"]),
        )
        for row in rows(connection, _CARDS, {"actor_id": actor_id})
    )


def messages(connection: Reader, actor_id: int) -> tuple[str, ...]:
    """Read the public lines; a line left empty between two others stays, so numbers keep."""
    by_line = {
        row["line"]: text_of(row["text"])
        for row in rows(connection, _MESSAGES, {"actor_id": actor_id})
    }
    return tuple(by_line.get(line, "") for line in range(1, max(by_line, default=0) + 1))


def blocks(connection: Reader, actor_id: int) -> tuple[BlockNote, ...]:
    """Read the blocks in force, oldest first."""
    return tuple(
        BlockNote(row["id"], row["kind"], text_of(row["note"]), as_day(row["since"]))
        for row in rows(connection, _BLOCKS, {"actor_id": actor_id})
    )


def roles(connection: Reader, actor_id: int) -> tuple[RoleView, ...]:
    """Read every role, newest first; ended ones keep their row."""
    return tuple(
        RoleView(
            id=row["id"],
            code=text_of(row["code"]),
            name=word(row["nl"] or row["code"], row["en"]),
            begin_on=as_day(row["begin_on"]),
            end_on=as_date(row["end_on"]),
        )
        for row in rows(connection, _ROLES, {"actor_id": actor_id})
    )


def relations(connection: Reader, actor_id: int) -> tuple[RelationView, ...]:
    """Read what others are to this customer, each tie once, whoever it stands written with."""
    found = (
        RelationView(
            kind=row["kind"] if row["is_upper"] else INVERSE[row["kind"]],
            actor_id=row["other_id"],
            display_name=display_name(
                text_of(row["surname"]),
                prefix=text_of(row["prefix"]),
                initials=text_of(row["initials"]),
                first=text_of(row["first_name"]),
            ),
        )
        for row in rows(connection, _RELATIONS, {"actor_id": actor_id})
    )
    return tuple(dict.fromkeys(found))
