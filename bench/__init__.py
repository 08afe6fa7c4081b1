"""How fast the desk is: each number beside a floor that was measured in the same run."""
