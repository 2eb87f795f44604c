"""How the questions of a quiz performed with the people who answered them."""
