from datetime import datetime


def relative(moment: datetime) -> str:
    """Counts by itself in every reader's client."""
    return f"<t:{int(moment.timestamp())}:R>"


def full(moment: datetime) -> str:
    return f"<t:{int(moment.timestamp())}:f>"
