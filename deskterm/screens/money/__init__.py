"""The pop-ups of money: Afrekenen, signing a waiver, what F8 offers in Financieel, the till."""
