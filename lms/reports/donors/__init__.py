"""Links with which a donor reads the totals of a programme, and nothing else."""
