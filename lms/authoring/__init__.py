"""Authoring: people write, check, review and release courses in the browser."""
