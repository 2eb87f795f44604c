"""Institutions as a tree, with the dated affiliations of people."""
