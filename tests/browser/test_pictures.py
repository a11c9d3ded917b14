"""The course as it looks, beside pictures of it that somebody has accepted.

`python -m tests.browser.test_pictures` takes them anew; look at each before you commit it.
"""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image
from playwright.sync_api import Browser, Page

from tests.browser.drive import chromium, opened, settled
from tests.serve import serving

ACCEPTED = Path(__file__).parent / "pictures"
STATES = {
    "cover": "",
    "one_weight": "one_weight?step=where-the-bowl-comes-from&mute=4",
    "two_weights": "two_weights?step=read-the-rings&data=line",
    "l2": "l2?step=plain-and-penalised&lam=2",
}
LOOKS: dict[str, dict[str, Any]] = {
    # Still, so that the picture on the cover is the same each time.
    f"{size}-{scheme}": {
        "color_scheme": scheme,
        "reduced_motion": "reduce",
        "viewport": {"width": width, "height": height},
    }
    for size, width, height in (("desktop", 1440, 1100), ("phone", 390, 844))
    for scheme in ("light", "dark")
}
CASES = [(state, look) for state in STATES for look in LOOKS]

COARSE = 8
"""So many pixels to one, which evens out how fonts are drawn."""
APART = 0.06
"""How far apart, of the whole range, the colours of a coarse pixel may be."""
MOST = 0.008
"""The part of the coarse pixels that may be farther apart: a word that breaks elsewhere, not a chart gone."""


def taken(page: Page, link: str) -> Image.Image:
    """What one sees first."""
    opened(page, link)
    settled(page)
    # The 3-D pictures come a moment after they are said to be there.
    page.wait_for_timeout(1500)
    return Image.open(BytesIO(page.screenshot())).convert("RGB")


def differing(one: Image.Image, other: Image.Image) -> float:
    """The part of the coarse pixels of two pictures of one size that are too far apart."""
    size = one.width // COARSE, one.height // COARSE
    a, b = (np.asarray(each.resize(size, Image.Resampling.BOX), dtype=float) / 255 for each in (one, other))
    return float((np.abs(a - b).max(axis=-1) > APART).mean())


@pytest.mark.parametrize(("state", "look"), CASES, ids=[f"{state}-{look}" for state, look in CASES])
def test_the_course_looks_as_accepted(state: str, look: str, base_url: str, new_context: Any, tmp_path: Path) -> None:
    accepted = Image.open(ACCEPTED / f"{state}-{look}.png").convert("RGB")
    found = taken(new_context(**LOOKS[look]).new_page(), f"{base_url}/{STATES[state]}")
    assert found.size == accepted.size
    found.save(tmp_path / "found.png")
    assert differing(found, accepted) <= MOST, f"Look at {tmp_path / 'found.png'}"


@pytest.mark.parametrize("state", STATES)
def test_a_chart_gone_would_be_noticed(state: str) -> None:
    accepted = Image.open(ACCEPTED / f"{state}-desktop-light.png").convert("RGB")
    # The lower right quarter, where each of these has a chart, painted over.
    broken = accepted.copy()
    broken.paste((255, 255, 255), (720, 550, 1440, 1100))
    assert differing(broken, accepted) > MOST


def take(browser: Browser, address: str) -> Iterator[str]:
    """Take all pictures anew."""
    for state, look in CASES:
        with browser.new_context(**LOOKS[look]) as context:
            taken(context.new_page(), f"{address}/{STATES[state]}").save(ACCEPTED / f"{state}-{look}.png")
        yield f"{state}-{look}"


def main() -> None:
    """Accept the course as it looks now."""
    ACCEPTED.mkdir(exist_ok=True)
    with serving() as server, chromium() as browser:
        for name in take(browser, server.url):
            print(name)


if __name__ == "__main__":
    main()
