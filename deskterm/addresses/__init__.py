"""Registers of addresses, asked by postcode and house number: the second room that speaks HTTP."""
