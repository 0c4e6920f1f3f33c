"""What staff decide about credits: every verb, on whomever, and who may not."""

from datetime import timedelta
from typing import Any

import discord

from tests.discord.world import World, in_world, told

UNTOUCHED = "Nothing moved in the server's pool."
VERBS: dict[str, dict[str, Any]] = {
    "give": {"amount": 1},
    "take": {"amount": 1},
    "set": {"amount": 1},
    "reset": {},
}


async def entries(world: World) -> list[str]:
    """What the history says that staff decided, newest first."""
    shown = told(await world.admin(world.mod, "history", kind="staff"))
    return [line for line in shown.splitlines() if line.startswith("<t:")]


@in_world()
async def test_a_members_extra_is_given_and_taken_at_once(world: World) -> None:
    extra = f"Extra of <@{world.ada.id}> this period:"
    assert await world.decided("give", target=world.ada, amount=5) == f"{extra} 0 → 5 credits. {UNTOUCHED}"
    assert await world.decided("take", target=world.ada, amount=4) == f"{extra} 5 → 1 credit. {UNTOUCHED}"
    newest, older, *_ = await entries(world)
    assert f"Extra of <@{world.ada.id}>: 5 → 1 credit · by <@{world.mod.id}>" in newest
    assert f"Extra of <@{world.ada.id}>: 0 → 5 credits · by <@{world.mod.id}>" in older


@in_world()
async def test_a_members_own_cap_is_set_and_lifted_at_once(world: World) -> None:
    cap = f"Own cap of <@{world.ada.id}>:"
    assert await world.decided("set", target=world.ada, amount=0) == f"{cap} none → 0 credits. {UNTOUCHED}"
    assert await world.decided("set", target=world.ada, amount=9) == f"{cap} 0 → 9 credits. {UNTOUCHED}"
    assert await world.decided("set", target=world.ada) == f"{cap} 9 credits → none. {UNTOUCHED}"


@in_world()
async def test_a_members_use_is_reset_once_it_is_confirmed(world: World) -> None:
    await world.picture(world.ada)
    asked = await world.admin(world.mod, "reset", target=world.ada)
    assert f"The use of <@{world.ada.id}> this period will be set to 0 (1 → 0 credits)." in told(asked)
    assert await world.decided("reset", target=world.ada) == (
        f"Use of <@{world.ada.id}> this period: 1 → 0 credits. {UNTOUCHED}"
    )
    assert f"Use of <@{world.ada.id}>: 1 → 0 credits · by" in (await entries(world))[0]


@in_world()
async def test_whatever_concerns_a_role_is_asked_in_words_and_told_before_and_after(world: World) -> None:
    artists = world.role("Artists")
    whom = f"everybody with <@&{artists.id}>"
    for verb, options, asks, tells in (
        ("give", {"amount": 5}, "will get 5 credits of extra this period, each: 0 → 5 credits.", "0 → 5 credits."),
        ("take", {"amount": 2}, "will lose 2 credits of extra this period, each: 5 → 3 credits.", "5 → 3 credits."),
        ("set", {"amount": 4}, "will change, for each: none → 4 credits a period.", "none → 4 credits."),
        ("set", {}, "will change, for each: 4 credits → none a period.", "4 credits → none."),
        ("reset", {}, "this period will be set to 0.", "this period: set to 0."),
    ):
        asked = told(await world.admin(world.mod, verb, target=artists, **options))
        assert whom in asked.replace("Everybody", "everybody")
        assert asks in asked
        assert "Nothing will move in the server's pool. **Confirm** works for an hour" in asked
        done = await world.decided(verb, target=artists, **options)
        assert whom in done
        assert f"{tells} {UNTOUCHED}" in done
    assert [line.split(" · ")[1] for line in await entries(world)][:5] == [
        f"Use of {whom}: set to 0",
        f"Cap of {whom}: 4 credits → none",
        f"Cap of {whom}: none → 4 credits",
        f"Extra of {whom}: 5 → 3 credits",
        f"Extra of {whom}: 0 → 5 credits",
    ]


@in_world()
async def test_a_role_is_exempt_once_it_is_confirmed_and_bound_again(world: World) -> None:
    artists = world.role("Artists")
    whom = f"verybody with <@&{artists.id}>"
    asked = told(await world.admin(world.mod, "exempt", role=artists, exempt=True))
    assert f"E{whom}: not exempt → exempt from caps. A member's own cap will still bind that member." in asked
    done = await world.decided("exempt", role=artists, exempt=True)
    assert done == f"E{whom}: not exempt → exempt from caps. {UNTOUCHED}"
    asked = told(await world.admin(world.mod, "exempt", role=artists, exempt=False))
    assert f"E{whom}: exempt from caps → not exempt.\n" in asked
    done = await world.decided("exempt", role=artists, exempt=False)
    assert done == f"E{whom}: exempt from caps → not exempt. {UNTOUCHED}"
    newest, older, *_ = await entries(world)
    assert f"Caps of e{whom}: in force again" in newest
    assert f"Caps of e{whom}: lifted" in older


@in_world()
async def test_the_cap_of_everyone_is_the_default_and_all_else_is_for_everybody(world: World) -> None:
    everyone = world.guild.default_role
    asked = told(await world.admin(world.mod, "set", target=everyone, amount=3))
    assert "The default cap of every member will change, for each: none → 3 credits a period." in asked
    done = await world.decided("set", target=everyone, amount=3)
    assert done == f"Default cap of every member: none → 3 credits. {UNTOUCHED}"
    done = await world.decided("give", target=everyone, amount=2)
    assert done == f"Extra of everybody this period: 0 → 2 credits. {UNTOUCHED}"
    assert await world.decided("reset", target=everyone) == f"Use of everybody this period: set to 0. {UNTOUCHED}"
    assert "**Left** 5 credits" in told(await world.admin(world.mod, "show", member=world.ada))


@in_world()
async def test_a_reason_is_shown_whole_and_cannot_break_out(world: World) -> None:
    answer = await world.decided("give", target=world.ada, amount=1, reason="for **help**\n@everyone")
    assert answer.endswith("\n-# Reason: for \\*\\*help\\*\\* \\@everyone")
    assert (await entries(world))[0].endswith("for \\*\\*help\\*\\* \\@everyone")
    long = told(await world.forced(world.mod, "credits-admin give", target=world.ada, amount=1, reason="*" * 5000))
    assert long.count("\\*") == 399
    assert long.endswith("…")


@in_world()
async def test_the_command_is_hidden_from_all_but_managers_of_the_server(world: World) -> None:
    command = world.env.backend.commands[None]["credits-admin", 1]
    assert int(command["default_member_permissions"]) == discord.Permissions(manage_guild=True).value
    assert not any(name.startswith("credits-admin") for name in world.ada.available_commands(world.channel))
    assert any(name.startswith("credits-admin") for name in world.mod.available_commands(world.channel))


@in_world()
async def test_who_is_no_staff_is_refused_even_where_the_command_reaches_the_bot(world: World) -> None:
    artists = world.role("Artists")
    calls: list[tuple[str, dict[str, Any]]] = [
        *((verb, {"target": target, **options}) for verb, options in VERBS.items() for target in (world.ada, artists)),
        ("exempt", {"role": artists, "exempt": True}),
        ("show", {}),
        ("show", {"member": world.ben}),
        ("history", {}),
        ("export", {}),
        ("top", {}),
    ]
    for verb, options in calls:
        answer = told(await world.forced(world.ada, f"credits-admin {verb}", **options))
        assert "it takes the permission **Manage Server**. Nothing was changed." in answer, verb
    assert await entries(world) == []


@in_world()
async def test_amounts_out_of_range_are_refused_also_where_discord_did_not(world: World) -> None:
    for amount in (0, -1, 1_000_001, 2**53):
        for verb, target in (("give", world.ada), ("take", world.ada), ("give", world.role("Artists"))):
            answer = told(await world.forced(world.mod, f"credits-admin {verb}", target=target, amount=amount))
            assert answer == "The number has to be from 1 to 1,000,000. Nothing was changed."
    for amount in (-1, 1_000_001, 2**53):
        answer = told(await world.forced(world.mod, "credits-admin set", target=world.ada, amount=amount))
        assert answer == "The number has to be from 0 to 1,000,000. Nothing was changed."
    assert await entries(world) == []


@in_world()
async def test_whoever_cannot_have_credits_is_refused_as_a_target(world: World) -> None:
    robot = world.guild.add_member(world.env.create_user("robot", bot=True))
    stranger = world.env.create_user("stranger")
    for verb, options in VERBS.items():
        for target, why in (
            (robot, "A bot paints no pictures"),
            (stranger, "This person is not in this server any more."),
            (str(stranger.id), "This person is not in this server any more."),
        ):
            answer = told(await world.forced(world.mod, f"credits-admin {verb}", target=target, **options))
            assert why in answer, verb
            assert answer.endswith("Nothing was changed.")
    gone = told(await world.forced(world.mod, "credits-admin exempt", role="4711", exempt=True))
    assert gone == "This role does not exist any more. Nothing was changed."
    for member, why in ((robot, "A bot paints no pictures"), (stranger, "This person is not in this server any more.")):
        assert why in told(await world.forced(world.mod, "credits-admin show", member=member))
    assert await entries(world) == []


@in_world()
async def test_no_more_can_be_taken_than_there_is(world: World) -> None:
    await world.decided("give", target=world.ada, amount=3)
    artists = world.role("Artists")
    for target, there in ((world.ada, "only 3 credits to take, not 4"), (artists, "no credits to take")):
        answer = told(await world.admin(world.mod, "take", target=target, amount=4))
        assert answer == f"There are {there}. Nothing was changed."


@in_world()
async def test_the_same_command_delivered_twice_gives_once(world: World) -> None:
    given = await world.admin(world.mod, "give", target=world.ada, amount=5)
    world.deliver_again(given)
    await world.env.settle()
    assert "**Extra** 5 credits, not needed without a cap" in told(
        await world.admin(world.mod, "show", member=world.ada)
    )
    assert len(await entries(world)) == 1


@in_world(guild_credits=50)
async def test_no_verb_moves_a_credit_of_the_pool(world: World) -> None:
    artists = world.role("Artists")
    for verb, options in VERBS.items():
        for target in (world.ada, artists):
            if verb != "take":
                await world.decided(verb, target=target, **options)
    await world.decided("exempt", role=artists, exempt=True)
    assert "**50** left" in told(await world.ben.slash(world.channel, "credits"))


@in_world(guild_credits=50)
async def test_show_tells_a_members_standing_and_without_one_the_rules(world: World) -> None:
    artists, patrons = world.role("Artists", world.ada), world.role("Patrons")
    gone = world.role("Gone")
    await world.decided("set", target=world.guild.default_role, amount=2)
    await world.decided("set", target=artists, amount=6)
    await world.decided("give", target=artists, amount=3)
    await world.decided("exempt", role=patrons, exempt=True)
    await world.decided("set", target=gone, amount=1)
    await world.decided("give", target=world.ada, amount=4)
    world.delete_role(gone)
    await world.picture(world.ada)
    shown = told(await world.admin(world.mod, "show", member=world.ada)).splitlines()
    assert shown[:-1] == [
        f"## What <@{world.ada.id}> may spend",
        f"Their cap is 6 credits, from the role <@&{artists.id}>, with 7 credits extra on top.",
        "**Used this month** 1 credit, pictures under way included",
        "**Extra** 7 credits, 7 left; it lapses with the month",
        "**Left** 12 credits",
    ]
    assert shown[-1].startswith("Their use begins anew <t:1769904000:R>")
    rules = told(await world.admin(world.mod, "show")).splitlines()
    assert rules[:-1] == [
        "## Caps per month",
        "Every member: cap 2 credits",
        f"Everybody with <@&{artists.id}>: cap 6 credits, 3 credits extra",
        f"Everybody with <@&{patrons.id}>: exempt",
    ]
    assert rules[-1].startswith("-# A member's own cap comes first")


@in_world()
async def test_top_tells_who_spent_what_this_period(world: World) -> None:
    assert "Nobody has spent any." in told(await world.admin(world.mod, "top"))
    for actor in (world.ben, world.ada, world.ben):
        await world.picture(actor)
    await world.decided("reset", target=world.ben)
    shown = told(await world.admin(world.mod, "top")).splitlines()
    assert shown[:3] == [
        "## Spent this month",
        f"1. <@{world.ben.id}> · 2 credits · 2 pictures",
        f"2. <@{world.ada.id}> · 1 credit · 1 picture",
    ]
    assert shown[3].startswith("-# Server: 3 spent of 100 credits, 0 held, 97 left. It begins anew <t:1769904000:R>.")
    world.clock.ahead += timedelta(days=31)
    assert "Nobody has spent any." in told(await world.admin(world.mod, "top"))
