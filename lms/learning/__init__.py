"""Cohorts, enrolments, progress, and completion as a fact written once."""
