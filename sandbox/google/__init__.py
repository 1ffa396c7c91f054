"""Google's calendars and tokens, played by the description in the installed client."""
