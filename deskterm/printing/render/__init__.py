"""From a document to the bytes that a printer takes: only in the worker, never in the app."""
