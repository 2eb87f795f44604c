"""Plans for one's work: written as a quiz, sent to one's superior, approved by them without an account."""
