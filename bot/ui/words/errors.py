from typing import Final

UNKNOWN_BUTTON: Final = "I do not know this button: it comes from another version of me. Nothing was charged."
YOUR_WORDS: Final = "What you typed, so that it is not lost:"


def incident(number: str) -> str:
    return (
        f"Something went wrong on my side, and it is in the log as incident `{number}`. "
        "If you tell the operator, name that number. Nothing was charged."
    )
