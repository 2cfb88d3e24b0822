"""argv -> one function per verb; the only place that prints, reads the clock, or exits."""
