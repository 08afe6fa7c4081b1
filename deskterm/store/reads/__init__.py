"""Reads for the screens: SQL text over one connection, answered as views; no ORM is loaded."""
