"""The bank of questions: where each one stands, what it said before, where it is used and how it performs."""
