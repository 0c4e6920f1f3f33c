"""How the parts of the platform hang together."""

import time
from pathlib import Path

from aiohttp import web

from standins.discord.account import Account
from standins.discord.cdn import Cdn
from standins.discord.changes import Changes
from standins.discord.clock import Clock
from standins.discord.faults import FaultRegister
from standins.discord.gateway import Gateway
from standins.discord.gateway.reception import Reception
from standins.discord.gateway.starts import Starts
from standins.discord.gateway.welcome import Welcome
from standins.discord.interactions import Interactions
from standins.discord.invalid import InvalidRequests
from standins.discord.journal import Journal
from standins.discord.membership import Membership
from standins.discord.messages import Messages
from standins.discord.platform import Platform
from standins.discord.rate import Limits
from standins.discord.registry import Registry
from standins.discord.rendering import Pages, Renderer
from standins.discord.rest.answers import Answers
from standins.discord.rest.channels import Channels
from standins.discord.rest.guilds import Guilds
from standins.discord.rest.portal import Portal
from standins.discord.rest.routes import routes
from standins.discord.rest.site import ROOT, Site
from standins.discord.rules import Rules
from standins.discord.snowflakes import Snowflakes
from standins.discord.state import User
from standins.discord.world import World

_LARGEST_BODY = 1024**3


class Assembly:
    def __init__(self, token: str, openapi: Path | None) -> None:
        clock, ids, changes, world = Clock(), Snowflakes(), Changes(), World()
        bot, owner = User(ids.next(), "imagine", bot=True), User(ids.next(), "operator")
        world.users.update({bot.id: bot, owner.id: owner})
        self.account = account = Account(token, bot.id, bot, owner)
        self.journal, self.faults = Journal(changes), FaultRegister()
        self.invalid = InvalidRequests(clock)
        self.rules = Rules(openapi, self.journal)
        renderer, cdn, registry = Renderer(account, time.time()), Cdn(clock), Registry(account, ids, clock)
        gateway = Gateway(world, Starts(clock), changes)
        messages = Messages(account, Pages(account, renderer, cdn), clock, ids, cdn, changes, gateway.tell)
        self.platform = Platform(
            clock,
            ids,
            changes,
            world,
            renderer,
            gateway,
            Membership(world, renderer, gateway),
            cdn,
            messages,
            Interactions(account, renderer, clock, ids, messages, changes, gateway.tell),
            registry,
            Portal(account, renderer, registry, self.rules, world, gateway),
        )

    def application(self) -> web.Application:
        platform = self.platform
        site = Site(
            self.account,
            platform.clock,
            self.journal,
            self.faults,
            Limits(platform.clock),
            self.invalid,
            platform.interactions,
        )
        answers = Answers(platform.interactions, platform.messages, self.rules)
        guilds = Guilds(platform.world, platform.renderer, platform.membership)
        channels = Channels(platform.world, platform.renderer, platform.messages, self.rules)
        application = web.Application(client_max_size=_LARGEST_BODY)
        for route in routes(platform.portal, answers, guilds, channels):
            application.router.add_route(route.method, ROOT + route.path, site.framed(route))
        application.router.add_route("*", ROOT + "/{rest:.*}", site.lost)
        for path in ("/gateway", "/resume"):
            application.router.add_get(path, self._reception().connect)
        application.router.add_get("/cdn/{path:.+}", platform.cdn.download)
        return application

    def _reception(self) -> Reception:
        platform = self.platform
        welcome = Welcome(self.account, platform.renderer, platform.world)
        return Reception(self.account, platform.gateway, welcome, platform.clock, self.journal, platform.changes)
