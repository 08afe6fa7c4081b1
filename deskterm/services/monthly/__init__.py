"""What the monthly customer run is made of: reading, writing in batches, its lock, its letters."""
