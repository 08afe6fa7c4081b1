"""What enrolling is made of: who it is about, the data form, prices, cards, and the writing."""
