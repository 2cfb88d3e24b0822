"""The case on disk: durable, locked, backed up. The only place that knows TinyDB."""
