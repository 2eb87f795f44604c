"""Pages of whoever grades."""
