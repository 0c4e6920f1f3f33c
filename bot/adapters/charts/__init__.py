"""Charts with matplotlib, which only a process of its own imports: it takes a second, 60 MiB, and the interpreter."""

from bot.adapters.charts.charts import MatplotlibCharts

__all__ = ["MatplotlibCharts"]
