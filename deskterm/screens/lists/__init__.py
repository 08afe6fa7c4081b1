"""The lists as data: found customers, loans, holds, history, charges, payments.

Each module has `header(width)` and `rows(lines, width)`, whose keys are the ids of the lines.
"""
