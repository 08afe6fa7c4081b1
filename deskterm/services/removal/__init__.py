"""Removing a person in a way that can be taken back: what goes, and how it comes again."""
