from bot.domain.jobs import Job


def message_link(job: Job) -> str:
    """Empty while the job has no card."""
    return "" if job.card is None else f"https://discord.com/channels/{job.guild}/{job.channel}/{job.card}"
