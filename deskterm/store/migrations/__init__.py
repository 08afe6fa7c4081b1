"""Migrations of the store, run by Alembic; one file per revision in versions/."""
