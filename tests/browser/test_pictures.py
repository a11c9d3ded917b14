"""The course as it looks, beside pictures of it that somebody has accepted.

`python -m tests.browser.test_pictures` takes them anew, or those named to it; look at each before you commit it.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Literal, NamedTuple

import numpy as np
import pytest
from PIL import Image
from playwright.sync_api import Browser, Page

from tests.browser.drive import chromium, opened, settled
from tests.serve import serving

ACCEPTED = Path(__file__).parent / "pictures"


class State(NamedTuple):
    """What is on the screen: a link, and the buttons, tabs, pills or keys pressed there."""

    link: str
    pressed: tuple[str, ...] = ()


STATES = {
    "cover": State(""),
    "one_guess": State("one_weight?w=0.8"),
    "every_guess": State("one_weight?step=every-guess&samples=12"),
    "where_the_bowl_comes_from": State("one_weight?step=where-the-bowl-comes-from&mute=4"),
    "parabolas_for_a_room": State("one_weight?step=where-the-bowl-comes-from&present=true&notes=true"),
    "predicted": State("one_weight?step=predict&ask=outlier&guess=1.5", ("Reveal",)),
    "sample_the_plane": State("two_weights?grid=9"),
    "read_the_rings": State("two_weights?step=read-the-rings&data=line"),
    "cut_it": State("two_weights?step=cut-it&data=line"),
    "which_way_is_down": State("two_weights?step=predict&data=line&aim=300", ("Reveal",)),
    "plain_and_penalised": State("l2?step=plain-and-penalised&lam=2"),
    "two_landscapes": State("l2?step=two-landscapes&lam=1"),
    "is_it_worth_it": State("l2?step=is-it-worth-it"),
    "which_way": State("l2?step=predict&ask=way&data=line&pin1=0.5&pin2=0.5", ("Reveal",)),
    "your_data": State("two_weights", ("Data: Article", "Yours", "Escape")),
    "glossary": State("l2?step=phantom-points&lam=2", ("Glossary",)),
    "colours_and_shapes": State("l2?step=phantom-points&lam=8", ("Glossary", "Colours and shapes")),
}
SIZES = {"desktop": (1366, 720), "phone": (390, 664)}
"""As on a common laptop and a common phone, without scrolling."""
Scheme = Literal["light", "dark"]
LOOKS: tuple[tuple[str, Scheme], ...] = (
    # From each to the next one thing changes: with two at once, Streamlit (1.67) may leave a chart as it was.
    ("desktop", "light"),
    ("desktop", "dark"),
    ("phone", "dark"),
    ("phone", "light"),
)

COARSE = 8
"""So many pixels to one, which evens out how fonts are drawn."""
APART = 0.06
"""How far apart, of the whole range, the colours of a coarse pixel may be."""
MOST = 0.008
"""The part of the coarse pixels that may be farther apart: a word that breaks elsewhere, not a chart gone."""


def looks(page: Page, address: str, state: State) -> Iterator[str]:
    """The names of a state's looks, each when the page has it."""
    page.emulate_media(reduced_motion="reduce")  # so that the picture on the cover is the same each time
    opened(page, f"{address}/{state.link}")
    for button in state.pressed:
        if button == "Escape":
            page.keyboard.press(button)
            continue
        pressed = page.get_by_role("button", name=button).or_(page.get_by_role("tab", name=button))
        pressed.or_(page.get_by_role("radio", name=button, exact=True)).click()
        settled(page)
    # Whatever had to be scrolled to be pressed.
    page.evaluate("document.querySelector('[data-testid=stMain]').scrollTo(0, 0)")
    for size, scheme in LOOKS:
        width, height = SIZES[size]
        page.set_viewport_size({"width": width, "height": height})
        page.emulate_media(color_scheme=scheme)
        settled(page)
        yield f"{size}-{scheme}"


def screen(page: Page) -> Image.Image:
    """What is on the screen now."""
    return Image.open(BytesIO(page.screenshot())).convert("RGB")


def at_rest(page: Page) -> Image.Image:
    """The screen once it has stopped changing: charts follow a new size, and 3-D ones come a moment after they are said
    to be there."""
    page.wait_for_timeout(700)
    now = screen(page)
    for _ in range(20):
        page.wait_for_timeout(400)
        before, now = now, screen(page)
        if now == before:
            break
    return now


def differing(one: Image.Image, other: Image.Image) -> float:
    """The part of the coarse pixels of two pictures of one size that are too far apart."""
    size = one.width // COARSE, one.height // COARSE
    a, b = (np.asarray(each.resize(size, Image.Resampling.BOX), dtype=float) / 255 for each in (one, other))
    return float((np.abs(a - b).max(axis=-1) > APART).mean())


def accepted(name: str) -> Image.Image:
    """The picture that somebody has looked at and found right."""
    return Image.open(ACCEPTED / f"{name}.webp").convert("RGB")


@pytest.mark.parametrize("state", STATES)
def test_the_course_looks_as_accepted(state: str, page: Page, base_url: str, tmp_path: Path) -> None:
    apart = {}
    for look in looks(page, base_url, STATES[state]):
        picture = accepted(f"{state}-{look}")
        # What looks as accepted will not look better for waiting. Anything else may still be on its way there.
        apart[look] = differing(screen(page), picture)
        if apart[look] > MOST:
            found = at_rest(page)
            found.save(tmp_path / f"{look}.png")
            apart[look] = differing(found, picture)
    assert len(apart) == len(LOOKS)
    assert max(apart.values()) <= MOST, f"Look at the pictures in {tmp_path}: {apart}"


@pytest.mark.parametrize("state", STATES)
def test_a_chart_gone_would_be_noticed(state: str) -> None:
    picture = accepted(f"{state}-desktop-light")
    # Where each of these has a chart, a dialog or a table, painted over in the colour of the page's edge.
    broken = picture.copy()
    ground = picture.crop((1360, 600, 1361, 601)).resize((600, 520))
    broken.paste(ground, (500, 80))
    assert differing(broken, picture) > MOST


def take(browser: Browser, address: str, states: list[str]) -> Iterator[str]:
    """Take the pictures of `states` anew."""
    for state in states:
        with browser.new_context() as context:
            page = context.new_page()
            for look in looks(page, address, STATES[state]):
                at_rest(page).save(ACCEPTED / f"{state}-{look}.webp", quality=80, method=6)
                yield f"{state}-{look}"


def main(names: list[str]) -> None:
    """Accept the course as it looks now: all states, or those of `names`."""
    ACCEPTED.mkdir(exist_ok=True)
    with serving() as server, chromium() as browser:
        for name in take(browser, server.url, names or list(STATES)):
            print(name)


if __name__ == "__main__":
    main(sys.argv[1:])
