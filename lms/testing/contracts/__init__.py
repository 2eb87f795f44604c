"""Contracts: classes of tests that everything of one kind passes, ours and a plugin's alike."""
