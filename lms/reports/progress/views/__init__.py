"""Pages of plans, of periods, and of what a member reports."""
