"""What a monitor asks for at `/metrics`: counted in each process, told to all by way of
Redis (`own`, `shared`), or asked of the rows when the monitor comes (`asked`).

Each app declares its own in a module named `metrics`.
"""
