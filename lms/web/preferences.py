"""Choices that a browser keeps before and after its person signs in."""

APPEARANCE_KEY = "appearance"
APPEARANCES = ("auto", "light", "dark")
