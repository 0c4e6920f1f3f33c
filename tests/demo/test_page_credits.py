"""Caps on the page: what a moderator decides, and what it comes to for a member."""

import pytest

pytest.importorskip("playwright", reason="the page is used with Playwright")

from playwright.async_api import expect

from tests.demo.visits import visiting

CLEO = "Cleo (moderator)"


async def test_a_moderator_caps_ada_who_is_told_at_the_end_of_it(chromium: str) -> None:
    async with visiting(chromium) as visit:
        visitor = visit.visitor
        await expect(visitor.page.locator("#demo-ideas")).to_contain_text("/credits-admin set: Ada, amount 2")
        await visitor.become(CLEO)
        await visitor.run("credits-admin set", target="Ada", amount="2")
        await visitor.message("Own cap of @Ada: none → 2 credits.").wait_for()

        await visitor.become("Ada")
        for prompt in ("a red fox asleep in the snow", "an owl over the hills"):
            await visitor.imagine(prompt)
            await visitor.picture(prompt).wait_for()
        await visitor.imagine("one more")
        await visitor.message("Your own cap is 2 credits, and you have used 2 credits.").wait_for()
        await visitor.run("credits")
        told = visitor.message("Your own cap is 2 credits. You have used 2, pictures under way included.")
        await expect(told).to_contain_text("10 left, enough for 10 pictures")


async def test_what_concerns_a_role_is_asked_first_and_stands_in_history_and_export(chromium: str) -> None:
    async with visiting(chromium) as visit:
        visitor = visit.visitor
        await visitor.become(CLEO)
        await visitor.run("credits-admin set", target="Painters", amount="3", reason="the contest")
        asked = visitor.message("The cap of everybody with @Painters will change, for each: none → 3 credits a period.")
        await asked.get_by_role("button", name="Confirm").click()
        await visitor.message("Cap of everybody with @Painters: none → 3 credits.").wait_for()
        assert await asked.count() == 0

        await visitor.run("credits-admin history")
        await visitor.message("History").get_by_text("the contest").wait_for()
        await visitor.run("credits-admin export", since="this period")
        await visitor.message("newest first.").get_by_text(".csv").wait_for()

        await visitor.become("Ben")
        await visitor.run("credits")
        await visitor.message("Your cap is 3 credits, from the role @Painters.").wait_for()


async def test_ada_and_ben_are_not_offered_what_staff_do(chromium: str) -> None:
    async with visiting(chromium) as visit:
        visitor = visit.visitor
        for name, offered in (("Ada", 1), ("Ben", 1), (CLEO, 10)):
            await visitor.become(name)
            await visitor.page.locator("#channel-composer-input").fill("/credits")
            await expect(visitor.page.get_by_role("option", name="/credits")).to_have_count(offered)


async def test_enter_takes_an_option_only_where_one_went_to_it_and_days_are_suggested_at_once(chromium: str) -> None:
    async with visiting(chromium) as visit:
        visitor = visit.visitor
        await visitor.become(CLEO)
        await visitor.compose("credits-admin history")
        for key in ("ArrowDown", "ArrowDown", "Enter"):
            await visitor.page.keyboard.press(key)
        await visitor.page.get_by_label("since", exact=True).wait_for()
        await visitor.ready()
        await visitor.page.get_by_role("option", name="yesterday").click()
        await visitor.page.locator("#send-message:focus").wait_for()

        await visitor.page.keyboard.press("Enter")
        await visitor.message("newest first · since").wait_for()
