"""What people learned and whether they use it: before, after and months later, beside how many answered."""
