"""What the law on privacy (AVG) asks: erasing in time, showing all of it, and who looked."""
