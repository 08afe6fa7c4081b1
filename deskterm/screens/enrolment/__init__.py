"""Inschrijven: the walk from the kind of customer to what it costs (seed document 1)."""
