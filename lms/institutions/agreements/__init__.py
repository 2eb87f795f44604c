"""Agreements between institutions: parties, duties, products, what they commit to, and how long they last."""
