"""The kinds of question that quizzes ask: pure grading, and the control that the browser shows."""
