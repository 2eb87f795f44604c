"""Quarterly reports: one snapshot of the figures, and every file made of it, once and for all."""
