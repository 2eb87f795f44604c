"""Mergers and divisions: an institution becomes part of another one, or several, from a day on."""
