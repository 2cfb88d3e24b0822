"""One file per screen; each shows the Case it is given and posts what the parent did."""
