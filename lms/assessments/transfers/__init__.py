"""Pages and commands with which questions come into a draft and leave a draft or a release."""
