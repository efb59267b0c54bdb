"""Make docs/screenshot.webp again; needs a Chromium, and Pillow to write WebP.

    python benchmarks/screenshots.py

Home of content/ stands wide and light beside a phone that shows results in the dark.
"""

from __future__ import annotations

import sys
import tempfile
from base64 import b64encode
from io import BytesIO
from pathlib import Path

from playwright.sync_api import Browser, ViewportSize, expect, sync_playwright

PROJECT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(PROJECT))

from faqsite.cli import main as build  # noqa: E402 (after the path that it is on)
from tests.conftest import find_chromium  # noqa: E402

PICTURE = PROJECT / "docs/screenshot.webp"
QUERY = "wrok remotely"
SIZE = ViewportSize(width=1200, height=640)
WIDE = ViewportSize(width=1080, height=727)
PHONE = ViewportSize(width=360, height=606)
QUALITY = 82
SHEET = """
<style>
  body { margin: 0; background: #dfe6e1 }
  img { position: absolute; box-shadow: 0 0 0 1px #0002 }
  .wide { left: 40px; top: 48px; width: 832px; border-radius: 10px }
  .phone { left: 856px; top: 64px; width: 304px; border-radius: 24px }
</style>
"""


def photograph(browser: Browser, address: str, size: ViewportSize, *, query: str = "") -> bytes:
    """Return a page as PNG, in two dots a pixel; with a query dark, and with its results."""
    page = browser.new_page(
        viewport=size, device_scale_factor=2, color_scheme="dark" if query else "light"
    )
    page.goto(address)
    if query:
        page.locator("#search_box").press_sequentially(query)
        expect(page.locator(".result_excerpt").last).not_to_be_empty()
    picture = page.screenshot(animations="disabled")
    page.close()
    return picture


def main() -> int:
    """Write the picture; return the exit status."""
    try:
        from PIL import Image  # noqa: PLC0415 (only this picture needs it)
    except ModuleNotFoundError:
        sys.stderr.write('Pillow is missing; run "python -m pip install pillow" and this again\n')
        return 2
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        if build(["--output", f"{folder}/site"]):
            return 1
        home = Path(folder, "site/index.html").as_uri()
        browser = playwright.chromium.launch(executable_path=find_chromium(), args=["--no-sandbox"])
        shots = {
            "wide": photograph(browser, home, WIDE),
            "phone": photograph(browser, home, PHONE, query=QUERY),
        }
        page = browser.new_page(viewport=SIZE)
        page.set_content(
            SHEET
            + "".join(
                f'<img class="{name}" src="data:image/png;base64,{b64encode(shot).decode()}">'
                for name, shot in shots.items()
            )
        )
        picture = page.screenshot()
        browser.close()
    with Image.open(BytesIO(picture)) as image:
        image.convert("RGB").save(PICTURE, quality=QUALITY, method=6)
    sys.stdout.write(f"Wrote {PICTURE.name}: {PICTURE.stat().st_size:,} bytes\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
