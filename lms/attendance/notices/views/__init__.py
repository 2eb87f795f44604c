"""Pages about notices: those of the staff, and the one that stops them."""
