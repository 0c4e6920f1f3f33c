from bot.domain.jobs import Job


def message_link(job: Job) -> str:
    """Empty while the job has no card."""
    return card_link(job.guild, job.channel, job.card)


def card_link(guild: int, channel: int | None, card: int | None) -> str:
    """Empty where there is no card."""
    return "" if card is None else f"https://discord.com/channels/{guild}/{channel}/{card}"
