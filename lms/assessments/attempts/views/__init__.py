"""Pages of attempts: those of whoever takes a quiz, and those of whoever runs a cohort."""
