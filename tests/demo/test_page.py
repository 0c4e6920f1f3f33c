"""The page as a person uses it, in a real browser."""

from pathlib import Path

import pytest

pytest.importorskip("playwright", reason="the page is used with Playwright")

from playwright.async_api import Route

from demo.front import listening
from demo.page import served
from demo.stage import simulated_stage
from demo.visitor import Visitor
from tests.demo.running import address, ended, interrupt, started
from tests.demo.visits import visiting

FOX = "a red fox asleep in the snow"
OWL = "an owl over the hills"
FORGET = """() => fetch(`/api/pages/${simcordPreview.contextId}`, { method: "DELETE", headers: {
  "X-Simcord-Capability": location.hash.slice(1), "X-Simcord-Context": simcordPreview.contextId } })"""


async def test_a_picture_appears_and_somebody_else_rerolls_it(tmp_path: Path, chromium: str) -> None:
    async with started(tmp_path, "--no-browser", "--latency", "2") as process:
        async with Visitor.arriving(chromium, width=1280, height=800) as visitor:
            await visitor.go(await address(process))
            await visitor.imagine(FOX)
            await visitor.card(FOX).get_by_role("button", name="Cancel").wait_for()
            await visitor.picture(FOX).wait_for()

            await visitor.become("Ben")
            await visitor.press(FOX, "Reroll")
            await visitor.message("Rerolled by @Ben").get_by_alt_text(FOX).wait_for()

            assert await visitor.timeline.get_by_alt_text(FOX).count() == 2
        ending = await interrupt(process)
    assert (ending.code, ending.complained) == (0, "")


async def test_a_card_goes_from_queued_to_painting_to_the_picture_by_itself(chromium: str) -> None:
    async with visiting(chromium) as visit:
        visitor = visit.visitor
        visit.endpoint.hold()
        for prompt in ("first", "second", OWL):
            await visitor.imagine(prompt)
            await visitor.card(prompt).wait_for()
        await visitor.card(OWL).get_by_text("Next in line").wait_for()
        await visitor.card("second").get_by_text("Painting").wait_for()

        visit.endpoint.release()

        await visitor.picture(OWL).wait_for()


async def test_more_and_report_answer_in_private(chromium: str) -> None:
    async with visiting(chromium) as visit:
        visitor = visit.visitor
        await visitor.imagine(FOX, aspect_ratio="16:9", seed="7")
        await visitor.picture(FOX).wait_for()

        await visitor.press(FOX, "More")
        more = visitor.message("Only you can see this")
        await more.get_by_text(f"/imagine prompt:{FOX} aspect_ratio:16:9").wait_for()
        await visitor.press(FOX, "Report")
        await visitor.page.get_by_label("What is wrong with it?").fill("It is a cat.")
        await visitor.page.get_by_role("button", name="Submit").click()
        await visitor.message("Thank you.").wait_for()

        await visitor.become("Ben")
        assert await visitor.timeline.get_by_text("Only you can see this").count() == 0


async def test_a_picture_is_remixed_and_both_are_found_again(chromium: str) -> None:
    async with visiting(chromium) as visit:
        visitor = visit.visitor
        await visitor.imagine(FOX)
        await visitor.picture(FOX).wait_for()
        await visitor.press(FOX, "Remix")
        await visitor.page.get_by_label("What the picture shows").fill(OWL)
        await visitor.page.get_by_role("button", name="Submit").click()
        await visitor.picture(OWL).wait_for()

        await visitor.run("history")

        found = visitor.message("Your pictures")
        for prompt in (OWL, FOX):
            await found.get_by_alt_text(prompt).wait_for()
        await found.get_by_role("button", name="Show again here").last.click()
        await visitor.message("Shown again by @Ada").get_by_alt_text(FOX).wait_for()


async def test_a_moderator_stays_one_in_the_other_channel_and_is_refused_in_private(chromium: str) -> None:
    async with visiting(chromium, guild_credits=1) as visit:
        visitor = visit.visitor
        await visitor.imagine(OWL)
        await visitor.picture(OWL).wait_for()
        await visitor.become("Cleo (moderator)")
        await visitor.change_channel("after-dark")

        refusals = visitor.timeline.get_by_text("This server's credits are used up.")
        for times in (1, 2):
            await visitor.imagine(FOX)
            await refusals.nth(times - 1).wait_for()

        assert await visitor.timeline.get_by_text("Cleo (moderator) used").count() == 2
        await visitor.become("Ada")
        assert await refusals.count() == 0


async def test_safety_tolerance_goes_further_in_the_age_restricted_channel(chromium: str) -> None:
    async with visiting(chromium) as visit:
        visitor = visit.visitor
        await visitor.imagine(FOX, safety_tolerance="6")
        await visitor.message("6 is more than the 2 allowed in this channel").wait_for()

        await visitor.change_channel("after-dark")
        await visitor.imagine(FOX, safety_tolerance="6")
        await visitor.card("safety tolerance 6").get_by_alt_text(FOX).wait_for()


async def test_enter_sends_once_an_option_is_chosen_with_the_keyboard(chromium: str) -> None:
    async with visiting(chromium) as visit:
        visitor = visit.visitor
        await visitor.compose("imagine", prompt=FOX)
        await visitor.page.locator(".command-ghost").click()
        await visitor.page.get_by_role("option", name="aspect_ratio").click()
        for key in ("ArrowDown", "Enter"):
            await visitor.page.keyboard.press(key)
        await visitor.page.locator("#send-message:focus").wait_for()

        await visitor.page.keyboard.press("Enter")
        await visitor.card("16:9").get_by_alt_text(FOX).wait_for()
        await visitor.page.locator("#channel-composer-input:focus").wait_for()


async def test_reloaded_in_the_middle_of_a_job_it_shows_the_job_to_the_same_person(chromium: str) -> None:
    async with visiting(chromium) as visit:
        visitor = visit.visitor
        visit.endpoint.hold()
        await visitor.become("Ben")
        await visitor.imagine(FOX)
        await visitor.card(FOX).get_by_text("Painting").wait_for()

        await visitor.page.reload()

        await visitor.press(FOX, "Cancel")
        await visitor.message("still costs 1 credit").get_by_role("button", name="Cancel anyway").click()
        await visitor.card(FOX).get_by_text("Cancelled while it was being painted.").wait_for()
        assert await _person(visitor) == "Ben"


async def test_closed_in_the_middle_of_a_job_and_opened_again_it_shows_the_job(chromium: str) -> None:
    async with visiting(chromium) as visit:
        visitor = visit.visitor
        visit.endpoint.hold()
        browser, there = visitor.page.context, visitor.page.url
        await visitor.imagine(FOX)
        await visitor.card(FOX).get_by_text("Painting").wait_for()
        await visitor.page.close()

        again = Visitor(await browser.new_page())
        await again.go(there)

        await again.card(FOX).get_by_text("Painting").wait_for()
        visit.endpoint.release()
        await again.picture(FOX).wait_for()


async def test_a_picture_that_fails_costs_nothing_and_can_be_tried_again(chromium: str) -> None:
    async with visiting(chromium, guild_credits=1) as visit:
        visitor = visit.visitor
        await visitor.page.get_by_role("button", name="Let the next picture fail").click()
        await visitor.page.get_by_role("button", name="The next picture will fail").wait_for()
        await visitor.imagine(FOX)
        await visitor.card(FOX).get_by_text("The image service had a fault. Nothing was charged.").wait_for()

        await visitor.press(FOX, "Try again")

        await visitor.message("Tried again by @Ada").get_by_alt_text(FOX).wait_for()


async def test_a_page_that_was_forgotten_meanwhile_comes_back_by_itself(chromium: str) -> None:
    async with visiting(chromium) as visit:
        visitor = visit.visitor
        await visitor.become("Ben")
        before = await visitor.page.evaluate("simcordPreview.contextId")
        await visitor.page.evaluate(FORGET)

        await visitor.page.wait_for_function("before => window.simcordPreview?.contextId !== before", arg=before)
        await visitor.ready()
        assert await _person(visitor) == "Ben"
        visit.complaints.clear()  # of what was forgotten


async def test_an_action_that_does_not_go_through_is_said(chromium: str) -> None:
    async def refuse(route: Route) -> None:
        receipt = await (await route.fetch()).json()
        await route.fulfill(json=receipt | {"rejected": True, "settlement": "rejected"})

    async with visiting(chromium) as visit:
        visitor = visit.visitor
        await visitor.imagine(FOX)
        await visitor.picture(FOX).wait_for()
        await visitor.page.route("**/api/action", refuse)
        await visitor.press(FOX, "More")

        await _alert(visitor, "That did not go through.")


async def test_it_can_be_ended_on_the_page(tmp_path: Path, chromium: str) -> None:
    async with (
        started(tmp_path, "--no-browser", "--latency", "0") as process,
        Visitor.arriving(chromium, width=1280, height=800) as visitor,
    ):
        await visitor.go(await address(process))
        await visitor.page.get_by_text("End", exact=True).click()
        await visitor.page.get_by_role("button", name="End the try-out").click()

        await _alert(visitor, "The try-out has ended.")
        ending = await ended(process)
    assert (ending.code, ending.complained) == (0, "")
    assert ending.printed.endswith("The try-out has ended.\n")


async def test_a_page_whose_try_out_is_gone_says_so(chromium: str) -> None:
    async with Visitor.arriving(chromium, width=1280, height=800) as visitor:
        with listening(0) as door:
            async with simulated_stage(0, 1, 0.1) as stage, served(stage.world, stage.endpoint, door) as page:
                await visitor.go(page.address)

        await _alert(visitor, "The try-out has ended or does not answer.")


async def test_an_address_without_its_key_says_what_is_missing(chromium: str) -> None:
    async with visiting(chromium) as visit:
        await visit.visitor.page.goto("about:blank")
        await visit.visitor.page.goto(visit.address.partition("#")[0])

        await _alert(visit.visitor, "what follows # is its key")


async def _person(visitor: Visitor) -> str:
    return await visitor.page.get_by_label("You are").locator(":checked").inner_text()


async def _alert(visitor: Visitor, words: str) -> None:
    await visitor.page.get_by_role("alert").get_by_text(words).wait_for()
