"""Simulations as they are played: every decision on record, and what a finished story came to."""
