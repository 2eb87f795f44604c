"""Pages of the figures of change."""
