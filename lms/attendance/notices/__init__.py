"""Notices by e-mail while a cohort lasts: when they go, what they say, whom they reached, and how they are stopped."""
