"""Setting up a library: from questions or a TOML file to the first rows of a store."""
