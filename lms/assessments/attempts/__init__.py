"""Attempts at a quiz, saved one answer at a time."""
