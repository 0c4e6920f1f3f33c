"""A local stand-in for the image API of 1min.ai, over real HTTP on loopback.

It is stricter than the service: it refuses every undocumented field, range and type, so that our mistakes
show here first. The real service seems to let unknown fields pass, and INVALID_FIELDS is no code of its own.
It listens to anybody who can reach its port: keep it on loopback.
"""

from standins.endpoint.endpoint import Endpoint
from standins.endpoint.faults import Fault, PathKind
from standins.endpoint.journal import Recorded

__all__ = ["Endpoint", "Fault", "PathKind", "Recorded"]
