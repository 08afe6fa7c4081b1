"""What changing many customers at once is made of."""
