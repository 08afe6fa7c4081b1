"""One module for each way to reach a printer; all of them speak `printing.model.Driver`."""
