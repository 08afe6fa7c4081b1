"""The parts of `services.cards`: numbers, handing out, taking back, changing what a card is."""
