"""Grading by people: the queue, second markers, shared phrases, and regrading after a wrong key."""
