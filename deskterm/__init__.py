"""deskterm: the customer desk of a public library in a terminal."""

__version__ = "0.1.0"
