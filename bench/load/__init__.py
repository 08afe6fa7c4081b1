"""Many desks at once, and what breaks under them: figures for a store in use, and proofs."""
