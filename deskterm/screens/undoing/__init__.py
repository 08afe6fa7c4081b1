"""Herstel: the list of what can go back now, and taking it back."""
