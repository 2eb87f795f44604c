"""Files of people and institutions: read, judged row by row, and saved once somebody has looked."""
