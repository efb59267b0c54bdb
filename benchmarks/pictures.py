"""Make docs/pictures/ again, of the examples of docs/writing-entries.md.

    python benchmarks/pictures.py

It needs what benchmarks/screenshots.py needs, and the extra "check".
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from html import escape
from io import BytesIO
from pathlib import Path

from playwright.sync_api import Browser, FloatRect, Page, ViewportSize, expect, sync_playwright

PROJECT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(PROJECT))

from tests.conftest import find_chromium  # noqa: E402 (after the path that it is on)
from tests.documents import WRITING, examples_of, write, write_project  # noqa: E402

PICTURES = PROJECT / "docs/pictures"
SETTINGS = "title: Questions\nrepository: https://github.com/OWNER/faq\n"
SIZE = ViewportSize(width=680, height=560)
WIDE = ViewportSize(width=900, height=560)
MARGIN = 20
QUALITY = 80
SHEET = """
<style>
  body { margin: 0; background: #f6f8f6; color: #1b211d }
  pre { margin: 0; font: 13px/1.6 monospace; white-space: pre-wrap; overflow-wrap: anywhere }
</style>
"""


@contextmanager
def opened(browser: Browser) -> Iterator[Page]:
    """Yield a light page in two dots a pixel."""
    page = browser.new_page(viewport=SIZE, device_scale_factor=2, color_scheme="light")
    yield page
    page.close()


def photograph(page: Page, first: str, last: str) -> bytes:
    """Return as PNG what stands from one element to another, and a margin around it."""
    boxes = [page.locator(selector).last.bounding_box() for selector in (first, last)]
    above, below = (box for box in boxes if box)
    top = max(0, above["y"] - MARGIN)
    height = below["y"] + below["height"] + MARGIN - top
    page.set_viewport_size({"width": SIZE["width"], "height": int(top + height) + 1})
    clip = FloatRect(x=0, y=top, width=SIZE["width"], height=height)
    return page.screenshot(animations="disabled", clip=clip)


def build(folder: Path, *arguments: str) -> str:
    """Run build.py in a project, and return what it prints."""
    program = [sys.executable, str(PROJECT / "build.py"), *arguments, "--content", "content"]
    return subprocess.run(  # noqa: S603 (our own program)
        program, cwd=folder, text=True, capture_output=True, check=False
    ).stdout


def take(browser: Browser, folder: Path) -> Iterator[tuple[str, bytes]]:
    """Yield the name of each picture, and the picture as PNG."""
    right, wrong, _ = examples_of(WRITING)
    write_project(folder, {**right, "content/site.yaml": SETTINGS})
    build(folder, "--output", "site")
    write(folder, wrong)
    told = build(folder, "check")
    pages = folder / "site"
    with opened(browser) as page:
        page.goto((pages / "office/index.html").as_uri())
        yield "category", photograph(page, ".trail", ".about")
        page.goto((pages / "pay/pay-day.html").as_uri())
        yield "entry", photograph(page, ".trail", ".about")
        page.goto((pages / "index.html").as_uri())
        page.locator("#search_box").press_sequentially("wfh")
        expect(page.locator(".result .answer").first).to_be_visible()
        yield "results", photograph(page, ".search", "#search_list")
    # Another page: that of the site takes no text as HTML.
    with opened(browser) as page:
        page.set_viewport_size(WIDE)
        page.set_content(f"{SHEET}<pre style='padding: {MARGIN}px'>{escape(told)}</pre>")
        yield "check", page.locator("pre").screenshot()


def main() -> int:
    """Write the pictures; return the exit status."""
    try:
        from PIL import Image  # noqa: PLC0415 (only pictures need it)
    except ModuleNotFoundError:
        sys.stderr.write('Pillow is missing; run "python -m pip install pillow" and this again\n')
        return 2
    PICTURES.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_chromium(), args=["--no-sandbox"])
        for name, picture in take(browser, Path(folder)):
            path = PICTURES / f"{name}.webp"
            with Image.open(BytesIO(picture)) as image:
                image.convert("RGB").save(path, quality=QUALITY, method=6)
            sys.stdout.write(f"Wrote {path.name}: {path.stat().st_size:,} bytes\n")
        browser.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
