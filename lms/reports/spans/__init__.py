"""Months of its own on which a programme reports besides calendar periods: which, how far they are counted."""
