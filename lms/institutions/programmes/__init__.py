"""Programmes: a commission, its member institutions, its targets."""
