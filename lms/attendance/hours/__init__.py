"""The hours of each person: one line for each credit, under a policy that is written down."""
