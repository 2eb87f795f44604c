"""Pages of learning: those of whoever studies, cohorts, and enrolments."""
