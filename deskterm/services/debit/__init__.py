"""The parts of `services.incasso`: who is debited, the file for the bank, the bank's answer."""
