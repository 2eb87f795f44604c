"""Carrying courses in and out: archives, a site of files, a booklet, and packages for other learning systems."""
