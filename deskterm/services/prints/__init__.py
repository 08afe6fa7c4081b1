"""The parts of printing: what a desk can print, what stands on it, and how a job is told of."""
