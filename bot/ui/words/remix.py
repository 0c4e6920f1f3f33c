from typing import Final

TITLE: Final = "Remix this picture"
PROMPT: Final = "What the picture shows"
RATIO: Final = "Shape of the picture"
SEED: Final = "Seed"
NEW: Final = "New: another picture"
KEPT: Final = "As it was: only what you change here changes"
UPSAMPLING: Final = "Let the model embellish the prompt"
YES: Final = "Yes"
NO: Final = "No"
GUIDANCE: Final = "How closely to follow the prompt"
GUIDANCE_HINT: Final = "2 to 5. Empty: as it was."


def number(value: float) -> str:
    """To the last digit: else an option that nobody touched would come back as another."""
    return str(value).removesuffix(".0")
