"""python -m tests.browser.film: the moving picture and the still ones of the README, from the running course."""

from __future__ import annotations

from io import BytesIO

from PIL import Image
from playwright.sync_api import Page, expect

from tests.app import ROOT
from tests.browser.drive import CHART, chromium, opened
from tests.serve import serving

DOCS = ROOT / "docs"
STILLS = {
    "two_weights": "two_weights?step=read-the-rings&data=line",
    "l2": "l2?step=two-landscapes&data=pair&lam=0.5",
}
EVERY = 2
"""Of the frames that the picture has, so many go by for one that is filmed."""


def film(page: Page, address: str) -> None:
    """Each second weight of “Every guess, one curve”, by its slider, as a GIF."""
    opened(page, f"{address}/one_weight?step=every-guess")
    chart, rail = page.locator(CHART).first, page.locator(".slider-group")
    expect(rail).to_have_attribute("role", "slider")
    last = int(rail.get_attribute("aria-valuemax") or 0)
    rail.focus()
    page.keyboard.press("Home")
    shots = []
    for at in range(last + 1):
        expect(rail).to_have_attribute("aria-valuenow", str(at))
        if at % EVERY == 0:
            shots.append(Image.open(BytesIO(chart.screenshot())).convert("RGB"))
        page.keyboard.press("ArrowRight")
    small = [each.resize((each.width // 2, each.height // 2), Image.Resampling.LANCZOS) for each in shots]
    # One palette for all: a palette for each would flicker.
    colours = small[len(small) // 2].quantize(64)
    frames = [each.quantize(palette=colours, dither=Image.Dither.NONE) for each in small]
    frames[0].save(
        DOCS / "every_guess.gif", save_all=True, append_images=[*frames[1:], *frames[::-1]], duration=50, loop=0
    )


def main() -> None:
    """Take them all."""
    with serving() as server, chromium() as browser:
        page = browser.new_page(viewport={"width": 1280, "height": 720})
        for name, link in STILLS.items():
            opened(page, f"{server.url}/{link}")
            page.wait_for_timeout(1500)
            page.screenshot(path=DOCS / f"{name}.png")
        film(page, server.url)


if __name__ == "__main__":
    main()
