"""Every enrolment of a programme as a file, made by a job for whoever may read everything."""
