"""What editing a customer is made of: parsers, the table of columns, and what hangs on a row."""
