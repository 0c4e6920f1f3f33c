"""A script of its own: a `bot.domain.charts.Chart` as JSON comes in, a PNG goes out. Nothing imports it."""

import json
import os
import sys
from typing import Any, Final

from matplotlib import font_manager, rc_context
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.ft2font import FT2Font
from matplotlib.ticker import MaxNLocator

DPI: Final = 100
WIDTH: Final = 1200
HEIGHTS: Final = {1: 480, 3: 860}
"""In pixels, by the number of rankings beside the timeline."""

# Discord's dark theme, and two of its colours that are told apart without seeing red or green.
GROUND: Final = "#313338"
PANEL: Final = "#2b2d31"
TEXT: Final = "#dbdee1"
FAINT: Final = "#b5bac1"
RULE: Final = "#43464d"
BARS: Final = "#7983f5"
LINE: Final = "#f0b132"

STYLE: Final[dict[Any, Any]] = {
    "font.family": "DejaVu Sans",
    "font.size": 13,
    "text.color": TEXT,
    "axes.edgecolor": RULE,
    "axes.facecolor": PANEL,
    "axes.labelcolor": FAINT,
    "xtick.color": FAINT,
    "ytick.color": FAINT,
    "text.parse_math": False,  # a `$` in a channel's name is a `$`
    "figure.constrained_layout.w_pad": 0.16,
    "figure.constrained_layout.h_pad": 0.12,
}
TICKS: Final = 6
TITLE_LENGTH: Final = 70
LABEL_LENGTH: Final = 20
AMOUNT_ROOM: Final = 0.05
"""How much longer than its longest bar a panel is, for each character behind it."""
FEWEST: Final = 6
"""Places for bars: one alone would fill the panel."""
_PRINTS_NOTHING: Final = "\u200b\u200c\u200d\u2060\ufe0e\ufe0f"


def draw(chart: dict[str, Any]) -> Figure:
    rankings = chart["rankings"]
    size = (WIDTH / DPI, HEIGHTS[len(rankings)] / DPI)
    figure = Figure(figsize=size, dpi=DPI, facecolor=GROUND, layout="constrained")
    FigureCanvasAgg(figure)
    figure.suptitle(short(printable(chart["title"]), TITLE_LENGTH), fontsize=18, fontweight="bold", color="white")
    # Not `subplots`: long names in one panel would make the others in its column narrower.
    rows = figure.subfigures((len(rankings) + 1) // 2, 2, squeeze=False, facecolor=GROUND)
    first, *others = (it.subplots() for it in rows.flat)
    timeline(first, chart["timeline"])
    for panel, told in zip(others, rankings, strict=True):
        ranking(panel, told)
    return figure


def timeline(panel: Axes, told: dict[str, Any]) -> None:
    head(panel, told["title"])
    places = range(len(told["labels"]))
    beside = panel.twinx()
    bars = panel.bar(places, told["bars"], color=BARS, width=0.8)
    (line,) = beside.plot(places, told["line"], color=LINE, linewidth=2.2, marker="o", markersize=4)
    for axes, values, colour in ((panel, told["bars"], BARS), (beside, told["line"], LINE)):
        bare(axes)
        axes.yaxis.set_major_locator(MaxNLocator(nbins=5, integer=True))
        axes.set_ylim(0, max(1, *values) * 1.3)  # with room for the legend
        axes.tick_params(axis="y", labelcolor=colour)
    panel.grid(axis="y", color=RULE, linewidth=0.8)
    panel.set_axisbelow(True)
    every = -(-len(places) // TICKS)
    shown = [place for place in places if (len(places) - 1 - place) % every == 0]  # today always has its label
    panel.set_xticks(shown, [printable(told["labels"][place]) for place in shown], fontsize=12)
    names = [printable(told[name]) for name in ("bars_name", "line_name")]
    panel.legend([bars, line], names, loc="upper left", ncols=2, frameon=False, labelcolor=TEXT)


def ranking(panel: Axes, told: dict[str, Any]) -> None:
    head(panel, told["title"])
    bare(panel)
    panel.set_xticks([])
    values = [it["value"] for it in told["bars"]]
    amounts = [it["amount"] for it in told["bars"]]
    bars = panel.barh(range(len(values)), values, color=BARS, height=0.62)
    panel.bar_label(bars, [printable(it) for it in amounts], padding=6, color=TEXT)
    panel.set_yticks(
        range(len(values)), [short(printable(it["label"]), LABEL_LENGTH) for it in told["bars"]], color=TEXT
    )
    panel.set_ylim(max(len(values), FEWEST) - 0.4, -0.6)
    room = AMOUNT_ROOM * max(map(len, amounts))
    panel.set_xlim(0, max(1, *values) * (1.1 + room))
    panel.set_xlabel("\n".join(map(printable, told["notes"])), loc="left", color=TEXT, labelpad=8)


def head(panel: Axes, title: str) -> None:
    panel.set_title(printable(title), loc="left", fontsize=14, fontweight="bold", color=TEXT, pad=10)


def bare(panel: Axes) -> None:
    for spine in panel.spines.values():
        spine.set_visible(False)
    panel.tick_params(length=0)


def printable(text: str) -> str:
    """Without what the font cannot draw, such as emojis: it would be a row of empty boxes."""
    known = FT2Font(font_manager.findfont("DejaVu Sans")).get_charmap()
    return " ".join("".join(it for it in text if ord(it) in known and it not in _PRINTS_NOTHING).split())


def short(text: str, limit: int) -> str:
    return text if len(text) <= limit else text[: limit - 1].rstrip() + "…"


def main() -> None:
    os.nice(10)  # pictures that somebody ordered come first
    chart = json.load(sys.stdin)
    with rc_context(STYLE):
        draw(chart).savefig(sys.stdout.buffer, format="png", facecolor=GROUND)


if __name__ == "__main__":
    main()
