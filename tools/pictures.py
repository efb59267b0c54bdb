"""Take the pictures of the documents: docs/screenshot.webp and docs/pictures/.

    python -m tools.pictures

The screenshot in the README shows content/ in light mode, beside search results on a phone in dark
mode. The others show the examples in docs/writing-entries.md. It needs Chromium, and Pillow to
write WebP.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from base64 import b64encode
from collections.abc import Iterator
from contextlib import contextmanager
from html import escape
from io import BytesIO
from pathlib import Path

from playwright.sync_api import Browser, FloatRect, Page, ViewportSize, expect, sync_playwright

from tests.support.browsing import find_chromium
from tests.support.documents import WRITING, examples_of, write, write_project
from tests.support.product import PROJECT

SCREENSHOT, PICTURES = Path("screenshot.webp"), Path("pictures")
QUALITY = 82
SETTINGS = "title: Questions\nrepository: https://github.com/OWNER/faq\n"
QUERY = "wrok remotely"
SCREEN = ViewportSize(width=1080, height=727)
PHONE = ViewportSize(width=360, height=606)
SHEET = ViewportSize(width=1200, height=640)
NARROW = ViewportSize(width=680, height=560)
TERMINAL = ViewportSize(width=900, height=560)
MARGIN = 20
SHEET_STYLE = """
<style>
  body { margin: 0; background: #dfe6e1 }
  img { position: absolute; box-shadow: 0 0 0 1px #0002 }
  .wide { left: 40px; top: 48px; width: 832px; border-radius: 10px }
  .phone { left: 856px; top: 64px; width: 304px; border-radius: 24px }
</style>
"""
TERMINAL_STYLE = f"""
<style>
  body {{ margin: 0; background: #f6f8f6; color: #1b211d }}
  pre {{
    margin: 0; padding: {MARGIN}px;
    font: 13px/1.6 monospace; white-space: pre-wrap; overflow-wrap: anywhere
  }}
</style>
"""


def main() -> int:
    """Write the pictures, and return the exit status."""
    try:
        from PIL import Image  # noqa: PLC0415 (only needed here)
    except ModuleNotFoundError:
        sys.stderr.write('Pillow is missing; run "python -m pip install pillow" first\n')
        return 2
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_chromium(), args=["--no-sandbox"])
        for path, picture in take(browser, Path(folder)):
            target = PROJECT / "docs" / path
            with Image.open(BytesIO(picture)) as image:
                image.convert("RGB").save(target, quality=QUALITY, method=6)
            sys.stdout.write(f"Wrote {path}: {target.stat().st_size:,} bytes\n")
        browser.close()
    return 0


def take(browser: Browser, folder: Path) -> Iterator[tuple[Path, bytes]]:
    """Yield each picture as PNG, with its path in docs/."""
    yield SCREENSHOT, take_screenshot(browser, folder / "example")
    right, wrong, _ = examples_of(WRITING)
    write_project(folder, {**right, "content/site.yaml": SETTINGS})
    build(folder, "--output", "site")
    write(folder, wrong)
    report = build(folder, "check")
    pages = folder / "site"
    with open_page(browser, NARROW) as page:
        page.goto((pages / "office/index.html").as_uri())
        yield PICTURES / "category.webp", photograph(page, ".trail", ".about")
        page.goto((pages / "pay/pay-day.html").as_uri())
        yield PICTURES / "entry.webp", photograph(page, ".trail", ".about")
        page.goto((pages / "index.html").as_uri())
        page.locator("#search_box").press_sequentially("wfh")
        expect(page.locator(".result .answer").first).to_be_visible()
        yield PICTURES / "results.webp", photograph(page, ".search", "#search_list")
    with open_page(browser, TERMINAL) as page:
        page.set_content(f"{TERMINAL_STYLE}<pre>{escape(report)}</pre>")
        yield PICTURES / "check.webp", page.locator("pre").screenshot()


def take_screenshot(browser: Browser, site: Path) -> bytes:
    """Return the screenshot for the README as PNG."""
    build(PROJECT, "--output", str(site))
    home = (site / "index.html").as_uri()
    with open_page(browser, SCREEN) as page:
        page.goto(home)
        wide = page.screenshot(animations="disabled")
    with open_page(browser, PHONE) as page:
        page.emulate_media(color_scheme="dark")
        page.goto(home)
        page.locator("#search_box").press_sequentially(QUERY)
        expect(page.locator(".result_excerpt").last).not_to_be_empty()
        phone = page.screenshot(animations="disabled")
    page = browser.new_page(viewport=SHEET)
    images = (
        f'<img class="{name}" src="data:image/png;base64,{b64encode(picture).decode()}">'
        for name, picture in (("wide", wide), ("phone", phone))
    )
    page.set_content(SHEET_STYLE + "".join(images))
    picture = page.screenshot()
    page.close()
    return picture


@contextmanager
def open_page(browser: Browser, size: ViewportSize) -> Iterator[Page]:
    """Open a page in light mode, at two dots per pixel."""
    page = browser.new_page(viewport=size, device_scale_factor=2, color_scheme="light")
    yield page
    page.close()


def photograph(page: Page, first: str, last: str) -> bytes:
    """Return the page from one element to another as PNG, with a margin."""
    boxes = [page.locator(selector).last.bounding_box() for selector in (first, last)]
    above, below = (box for box in boxes if box)
    top = max(0, above["y"] - MARGIN)
    height = below["y"] + below["height"] + MARGIN - top
    page.set_viewport_size({"width": NARROW["width"], "height": int(top + height) + 1})
    clip = FloatRect(x=0, y=top, width=NARROW["width"], height=height)
    return page.screenshot(animations="disabled", clip=clip)


def build(folder: Path, *arguments: str) -> str:
    """Run build.py in a project, and return its output."""
    program = [sys.executable, str(PROJECT / "build.py"), *arguments, "--content", "content"]
    return subprocess.run(  # noqa: S603 (our own program)
        program, cwd=folder, text=True, capture_output=True, check=False
    ).stdout


if __name__ == "__main__":
    sys.exit(main())
