"""The parts of `services.merging`: seeking, comparing, merging, taking apart."""
