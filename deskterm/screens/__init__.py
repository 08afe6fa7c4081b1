"""Screens: what staff see. Each asks a service and draws the view that comes back."""
