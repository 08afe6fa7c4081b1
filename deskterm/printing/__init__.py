"""What is printed at the desk: documents, drivers, the spool and its worker."""
