"""Reports of video calls: who was connected, from when to when, matched with the people of the cohort."""
