"""Pages of justifications."""
