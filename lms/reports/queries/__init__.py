"""The only place with SQL over the tables of several slices."""
