"""Privacy at the desk: covering the screen, who looked at whom, and everything about one person."""
