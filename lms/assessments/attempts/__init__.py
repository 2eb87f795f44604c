"""Attempts at quizzes: answering one question at a time, handing in, and what the result says."""
