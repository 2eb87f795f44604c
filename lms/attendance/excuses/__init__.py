"""Justified absences: somebody asks, shows a paper if there is one, and whoever keeps the register decides."""
