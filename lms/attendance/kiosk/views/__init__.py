"""Pages of the tablet at the door."""
