"""Several rooms of one meeting at once: groups of a cohort, whose room is which, who was seen where."""
