"""The pages about sessions of a commission."""
