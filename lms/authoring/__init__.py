"""Courses while they are written: drafts, their files and history, review, signatures and the way to a release."""
