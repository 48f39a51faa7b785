"""The unit's page: what waits for a supervisor, a leader or intake, by name, and nothing else. No number stands beside
anybody who works here."""
