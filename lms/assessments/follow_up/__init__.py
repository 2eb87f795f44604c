"""Two or three months after a course: whether it is used, by what the person and whoever leads them say."""
