"""The sheet on paper: printed with a code for each row, signed in the room, and typed in afterwards."""
