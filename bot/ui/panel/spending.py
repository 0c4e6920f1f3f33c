"""The page about spending: settings, and the caps, which the steward keeps with the credits."""

from collections.abc import Sequence

from discord.ui import Button, RoleSelect, TextDisplay

from bot.domain.credits import Pool
from bot.domain.records import Regulations
from bot.ui.custom_ids import cap_of_id
from bot.ui.panel import widgets
from bot.ui.panel.presence import Presence
from bot.ui.panel.table import Control, on_page
from bot.ui.panel.view import Sight
from bot.ui.panel.widgets import Part, beside, row
from bot.ui.services import services_of
from bot.ui.words import panel_caps as words
from bot.ui.words.settings import EDIT


async def body(sight: Sight) -> Sequence[Part]:
    pool = await services_of(sight.interaction).steward.pool(sight.caller)
    return parts(pool, sight.known, sight.presence)


def parts(pool: Pool, known: Regulations, presence: Presence) -> list[Part]:
    gone = presence.gone(Control.ROLES, pool.rules.roles)
    there = {role: rule for role, rule in pool.rules.roles.items() if role not in gone}
    return [
        beside(words.default(pool), Button(label=EDIT, custom_id=cap_of_id("everybody"))),
        TextDisplay(words.caps(there)),
        row(RoleSelect(custom_id=cap_of_id("role"), placeholder=words.CHOOSE_CAPPED)),
        TextDisplay(words.exempt(there)),
        row(RoleSelect(custom_id=cap_of_id("exempt"), placeholder=words.CHOOSE_EXEMPT)),
        *widgets.settings(on_page("spending"), known, presence),
    ]
