"""Mail of the library: a queue in the store, templates, and who takes the mail away."""
