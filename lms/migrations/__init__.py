"""Alembic history of the built-in tables: one line, both directions, tested on both engines."""
