import secrets
from dataclasses import dataclass, field

from standins.discord.state import Payload, User


@dataclass(slots=True)
class Account:
    """The bot's own: what its operator set up in the developer portal."""

    token: str
    application: int
    bot: User
    owner: User
    privacy_policy_url: str = "https://bot.example/privacy"
    terms_of_service_url: str = "https://bot.example/terms"

    settings: Payload = field(default_factory=dict)
    """What else the operator chose there, as the platform writes it."""

    def reset_token(self) -> None:
        """Only the owner learns the new one."""
        self.token = secrets.token_urlsafe()
