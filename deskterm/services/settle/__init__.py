"""The parts of `services.settling`: reading what is open, booking, answering."""
