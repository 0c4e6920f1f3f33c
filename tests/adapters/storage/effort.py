"""How long properties are searched: briefly, or, with SOAK in the environment, at length."""

import os
from typing import Final

from hypothesis import HealthCheck, settings

SOAK: Final = bool(os.environ.get("SOAK"))


def effort(examples: int, steps: int = 50) -> settings:
    return settings(
        max_examples=examples * 50 if SOAK else examples,
        stateful_step_count=steps * 4 if SOAK else steps,
        deadline=None,
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
    )
