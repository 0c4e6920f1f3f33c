"""What an operator's machines ask the process about itself, over HTTP."""

from bot.adapters.monitoring.health import Health
from bot.adapters.monitoring.pulse import Pulse
from bot.adapters.monitoring.site import serving

__all__ = ["Health", "Pulse", "serving"]
