"""Quizzes: what is asked, what was answered, what it earned."""
