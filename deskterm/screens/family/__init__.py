"""Families at the desk: one screen for all, moving house, returned post, who has died."""
