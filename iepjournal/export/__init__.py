"""Plain values in, bytes out. Writes no file and asks nothing."""
