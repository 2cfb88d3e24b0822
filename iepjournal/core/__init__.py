"""The domain, pure: standard library and dateutil only. No clock, no files, no screen."""
