"""The referral routes of the courses: as data of a release, step by step on a page, and on a card for the pocket."""
