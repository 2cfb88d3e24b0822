"""A case journal for parents whose school is not following the IEP."""
