"""Documents as their holders and their institutions keep them: all in one place, with what ends and when."""
