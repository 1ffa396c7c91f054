"""The calendars of interviewers."""
