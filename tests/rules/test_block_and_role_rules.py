"""Blocks and rights: what is forbidden, and who may change that."""

from itertools import pairwise

import pytest

from deskterm.rules.blocks import (
    BLOCK_WORDS,
    BlockKind,
    Service,
    forbids,
    right_to_change,
)
from deskterm.rules.rights import Right, Role, lowest_role, rights_of


@pytest.mark.parametrize(
    ("kind", "loan", "hold", "web"),
    [
        (BlockKind.GENERAL, True, True, True),
        (BlockKind.COLLECTIONS, True, True, True),
        (BlockKind.PAYMENT, True, True, False),
        (BlockKind.INTERNET, True, True, False),
        (BlockKind.MISSING, True, False, False),
        (BlockKind.ADDRESS, False, False, False),
        (BlockKind.PUBLIC, False, False, True),
    ],
)
def test_what_a_block_forbids(kind: BlockKind, loan: bool, hold: bool, web: bool) -> None:
    forbidden = forbids(kind)
    assert (Service.LOAN in forbidden, Service.HOLD in forbidden) == (loan, hold)
    assert (Service.WEB in forbidden) is web


def test_every_block_has_a_word() -> None:
    assert set(BLOCK_WORDS) == set(BlockKind)


def test_collections_are_for_the_administrator_alone() -> None:
    right = right_to_change(BlockKind.COLLECTIONS)
    assert [role for role in Role if right in rights_of(role)] == [Role.ADMIN]
    assert lowest_role(right_to_change(BlockKind.GENERAL)) is Role.BALIEBHR
    assert right_to_change(BlockKind.MISSING) is Right.CARD_BLOCK


@pytest.mark.parametrize(
    "right",
    [Right.CUSTOMER_READ, Right.CUSTOMER_EDIT, Right.CUSTOMER_ENROL, Right.LOAN, Right.PAYMENT,
     Right.WORK_DATE],
)  # fmt: skip
def test_every_role_may_do_the_work_of_a_desk(right: Right) -> None:
    assert right in rights_of(Role.BALIEBHR)


def test_storno_begins_with_bestelbhr() -> None:
    assert [role for role in Role if Right.STORNO in rights_of(role)] == [
        Role.BESTELBHR,
        Role.ADMIN,
    ]


def test_a_higher_role_may_do_all_that_a_lower_one_may() -> None:
    for lower, higher in pairwise(Role):
        assert rights_of(lower) <= rights_of(higher)
    assert rights_of(Role.ADMIN) == frozenset(Right)
