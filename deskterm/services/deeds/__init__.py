"""Deeds on records that can be taken back: what they changed, and the way back."""
