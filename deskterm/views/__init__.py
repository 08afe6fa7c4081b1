"""Views: frozen answers of the services, values that screens and the command line show."""
