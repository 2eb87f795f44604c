"""Figures for commissions: one definition per number, the same on screen and in every file."""
