"""The sessions of a commission: convocation, attendance of its seats, votes, what was agreed, and their minutes."""
