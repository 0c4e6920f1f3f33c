from bot.domain.inscriptions import Inscription, inscription_of
from bot.domain.jobs import Job
from bot.domain.pictures import Picture
from bot.services.patience import patiently
from bot.services.rulebook import Rulebook


class Inscriber:
    """Says what a file tells of how its picture was made, by the rule that stands when it is delivered."""

    def __init__(self, rulebook: Rulebook, model: str) -> None:
        self._rulebook = rulebook
        self._model = model

    async def of(self, job: Job, picture: Picture) -> Inscription | None:
        """None in a guild whose files tell nothing."""
        regulations = await patiently(lambda: self._rulebook.of(job.guild))
        if not regulations.rules.inscribed:
            return None
        return inscription_of(job, self._model, (picture.width, picture.height))
