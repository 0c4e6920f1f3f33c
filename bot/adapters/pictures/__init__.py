"""Pictures with Pillow: what arrived is checked, and made to fit where it must."""

from bot.adapters.pictures.pillow import PillowPictures

__all__ = ["PillowPictures"]
