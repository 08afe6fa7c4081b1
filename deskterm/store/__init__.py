"""The store: SQLModel tables, the transaction, search and migrations."""
