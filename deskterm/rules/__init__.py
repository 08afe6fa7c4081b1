"""Business rules on plain values: pure functions, standard library only."""
