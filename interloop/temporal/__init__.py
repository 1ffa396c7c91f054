"""How Interloop speaks to Temporal: sealed payloads, one client, the searchable attributes."""
