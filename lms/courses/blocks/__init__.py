"""The Markdown blocks that come with the product."""
