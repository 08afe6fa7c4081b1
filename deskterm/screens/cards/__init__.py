"""What F8 does on tab 8: replace a card, hand one out, block it, say which is the hoofdpas."""
