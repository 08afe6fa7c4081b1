"""Seriemutatie: the customers of one address, or of a selection, changed together."""
