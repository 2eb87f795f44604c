"""Figures kept as facts happen, so that the commission's page need not count a million enrolments."""
