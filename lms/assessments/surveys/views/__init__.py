"""Pages of the totals of surveys."""
