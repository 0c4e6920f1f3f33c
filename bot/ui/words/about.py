"""What `/about` tells, and what the operator is told."""

from typing import Final

from bot.domain.jobs import Veil
from bot.domain.reports import Report
from bot.ui.text import escaped
from bot.ui.words.links import message_link

SOURCE: Final = "https://docs.1min.ai/docs/api/ai-for-image/image-generator/flux-2-pro-image-generation"
NO_LINK: Final = "not published"
REASON_LIMIT: Final = 1000


def about(operator: str, privacy: str | None, terms: str | None) -> str:
    return f"""\
## Pictures for everybody here
`/imagine` paints what you describe. **Reroll** paints it again with another seed, and anybody may press it, on any \
picture, however old. Each picture is paid from this server's credits: see `/credits`.
### What goes where
Your prompt, the options and a picture that you edit are sent to [1min.ai]({SOURCE}), whose Flux 2 Pro model paints. \
Your name is not sent. The bot keeps prompts, options and the ids of people, channels and messages, to make Reroll \
work and to keep the books; `/privacy` shows, exports and erases yours.
### Who is responsible
This bot is run by {operator}. Something wrong with a picture? Press **Report** below it: this \
server's staff are told, or the operator.
Privacy policy: {privacy or NO_LINK} · Terms: {terms or NO_LINK}"""


REPORT_TITLE: Final = "Report this picture"
REPORT_LABEL: Final = "What is wrong with it?"
REPORT_HINT: Final = "This server's staff read this, or the bot's operator. Your name goes with it."
REPORTED: Final = "Thank you. Your report is passed on to this server's staff, or to the bot's operator."


def report(told: Report) -> str:
    job = told.job
    return "\n".join(
        [
            "## A picture was reported",
            f"**Picture** {message_link(job) or 'no card'} · job `{job.id}`",
            f"**Reported by** <@{told.reporter}> (`{told.reporter}`), number {told.times}",
            *(["**Hidden** until staff look"] if job.veil is Veil.HIDDEN else []),
            f"**Asked by** <@{job.member}> (`{job.member}`) in server `{job.guild}`",
            f"**Reason** {escaped(told.reason, REASON_LIMIT) or 'none given'}",
            f"**Prompt** {escaped(job.parameters.prompt, REASON_LIMIT)}",
        ]
    )
