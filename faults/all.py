"""Every fault there is."""

from faults import backlog, brokers, hosts, surroundings, workers
from faults.register import FAULTS

__all__ = ["FAULTS", "backlog", "brokers", "hosts", "surroundings", "workers"]
