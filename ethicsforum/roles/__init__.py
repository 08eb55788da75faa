"""What one installation can be: `python -m ethicsforum.roles release|web|worker|beat`.

`commands` has the command line of each process, for every way to start one: this door,
`make run` and the benchmark.
"""
