"""The login accounts of customers: the queue and the providers that empty it."""
