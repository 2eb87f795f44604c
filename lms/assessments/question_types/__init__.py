"""The kinds of question that come with the product."""
