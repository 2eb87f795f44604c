"""Sessions of a cohort, who was there, and how we know."""
