"""What each member of a commission reports of the plan every quarter, and what the secretariat makes of it."""
