"""Paints pictures from a prompt and a seed: pure functions, the same bytes for the same arguments."""

from standins.endpoint.painter.painting import paint
from standins.endpoint.painter.repainting import repaint

__all__ = ["paint", "repaint"]
