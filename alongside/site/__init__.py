"""The building around the rooms: settings, addresses, server, database engine. Nothing of the practice."""
