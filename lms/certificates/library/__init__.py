"""Designs that an installation can use: its own folders, those of plugins, and those that were uploaded."""
