"""What an operator's machines ask the process about itself, over HTTP."""

from bot.adapters.monitoring.dials import Dials, Shard
from bot.adapters.monitoring.disk import Disk
from bot.adapters.monitoring.health import Health
from bot.adapters.monitoring.lag import watch_lag
from bot.adapters.monitoring.meters import PrometheusMeters
from bot.adapters.monitoring.metrics import Metrics
from bot.adapters.monitoring.pulse import Pulse
from bot.adapters.monitoring.site import serving
from bot.adapters.monitoring.trace import traced

__all__ = ["Dials", "Disk", "Health", "Metrics", "PrometheusMeters", "Pulse", "Shard", "serving", "traced", "watch_lag"]
