"""Pages about hours: one's own, those of a cohort, the policy of a programme."""
