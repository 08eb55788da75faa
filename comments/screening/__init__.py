"""Facts in, verdict out. No database, no queue: what is here can be run on paper."""
