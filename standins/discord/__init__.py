"""A local stand-in for Discord over real sockets on loopback: gateway, REST interface and files.

It is stricter than the service: whatever breaks the official description or the documented rules is refused and put
down in `violations`, also where the service would let it pass. It knows only what a bot with commands, buttons and
forms needs; a route that it does not have is a violation too, so that nothing is missed unnoticed.
"""

from standins.discord.faults import Trouble
from standins.discord.people.members import Member
from standins.discord.people.outcome import Interaction
from standins.discord.people.places import Channel, Guild
from standins.discord.people.resolution import Upload
from standins.discord.rights import Right
from standins.discord.server import Discord

__all__ = ["Channel", "Discord", "Guild", "Interaction", "Member", "Right", "Trouble", "Upload"]
