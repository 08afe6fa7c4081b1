"""The worker: does beside the desk what nobody there should wait for."""
