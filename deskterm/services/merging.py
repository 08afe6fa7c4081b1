"""Ontdubbelen: find who is in the file twice, merge two records, take a merge apart again.

A merge is one transaction and one deed. The record that goes stays as a pointer to the keeper: its
old cards, actor-id and numbers open the keeper (customers.md 5.12; that Herstel can take it apart
is ours).
"""

from deskterm.services.merge.comparing import compare
from deskterm.services.merge.pairing import pair_rows, pairs
from deskterm.services.merge.seeking import candidates
from deskterm.services.merge.undoing import left_of, take_apart
from deskterm.services.merge.writing import merge

__all__ = ["candidates", "compare", "left_of", "merge", "pair_rows", "pairs", "take_apart"]
