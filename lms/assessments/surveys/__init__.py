"""What a group answered to the surveys of its course: figures of five people or more, and never of one."""
