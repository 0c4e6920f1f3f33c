from typing import Final

IMAGINE: Final = "Paint a picture from a description"
CREDITS: Final = "What this server has left, and when more comes"
ABOUT: Final = "What this bot is, who runs it, and where your words go"
