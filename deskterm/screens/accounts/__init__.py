"""Login accounts at the desk: finding, generating, and what became of them (seed document 1)."""
