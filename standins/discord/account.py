import secrets
from dataclasses import dataclass

from standins.discord.state import User


@dataclass(slots=True)
class Account:
    """The bot's own: what its operator set up in the developer portal."""

    token: str
    application: int
    bot: User
    owner: User
    privacy_policy_url: str = "https://bot.example/privacy"
    terms_of_service_url: str = "https://bot.example/terms"

    def reset_token(self) -> None:
        """Only the owner learns the new one."""
        self.token = secrets.token_urlsafe()
