"""What hostile authors write runs nowhere and asks no other host, by either of two walls."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from html import unescape
from itertools import chain
from pathlib import Path
from urllib.parse import quote, urlencode

import pytest
from playwright.sync_api import Browser, Page

from faqsite.answers.sanitise import clean
from tests.support.hostile import (
    ANSWERS,
    POLICY,
    Trap,
    as_written,
    build_hostile,
    trap,
    without_policy,
)
from tests.support.payloads import BY_KIND, ELSEWHERE, SHORT
from tests.support.served import served

# Whatever runs is told to the page in whose frame it runs, and so is what a policy stops.
TELLING = """
(() => {
  if (top === window) window.told = [];
  const tell = (what) => {
    let frame = window;
    try {
      while (frame !== top && frame.parent !== top) frame = frame.parent;
      top.told.push([frame.frameElement.title, what]);
    } catch {
      console.log(`told: ${what}`);
    }
  };
  for (const name of ["alert", "confirm", "prompt", "print"]) window[name] = () => tell("ran");
  addEventListener("securitypolicyviolation", ({ effectiveDirective, blockedURI }) =>
    tell(`violated ${effectiveDirective}: ${blockedURI}`));
})()
"""

# Opens each address in a frame, and does there what a reader could: every handler is called,
# and whatever leads or sends to no address of the web is pressed.
VISIT = r"""
([addresses, most]) => {
  const { querySelectorAll } = Document.prototype;
  const { getAttributeNames, getAttribute } = Element.prototype;
  const find = (found, selector) => [...querySelectorAll.call(found, selector)];
  const later = () => new Promise((resolve) => setTimeout(resolve));
  const MADE_OF = "base, embed, form, frame, iframe, link, meta, object, script, style, svg";
  const PRESSED = "a, area, button, input[type=submit], input[type=image]";

  const press = (found) => {
    for (const each of find(found, "*"))
      for (const name of getAttributeNames.call(each))
        if (name.startsWith("on"))
          for (const type of [name.slice(2), `${name.slice(2)}Event`])
            each.dispatchEvent(new Event(type));
    for (const each of find(found, "#feedback_link")) each.dispatchEvent(new Event("focus"));
    for (const each of find(found, PRESSED))
      if (!/^(https?|mailto|tel):$/.test(each.protocol) && !each.closest(".search, .scheme"))
        each.dispatchEvent(new MouseEvent("click", { bubbles: true, cancelable: true }));
  };

  const results = async (found) => {
    const patience = performance.now() + 60_000;
    const said = found.getElementById("search_summary");
    while (!/mentions|answer/.test(said.textContent) && performance.now() < patience) await later();
    for (const each of find(found, "#search_list details")) each.open = true;
    await later();
    await later();
  };

  const type = (found, text) => {
    const box = found.getElementById("search_box");
    box.value = text;
    box.dispatchEvent(new Event("input"));
  };

  // What an answer calls its elements keeps no script of ours from its work.
  const isIdle = (found) => find(found, "#scheme_panel, main .copy").some(({ hidden }) => hidden);
  const isLedAstray = (found) =>
    find(found, "#feedback_link").some(({ origin }) => origin !== "https://elsewhere.invalid");

  const visit = async (address) => {
    const frame = document.createElement("iframe");
    frame.title = address;
    frame.src = address;
    const loaded = new Promise((resolve) => {
      frame.onload = resolve;
      setTimeout(resolve, 60_000); // What never loads must not hold up the others.
    });
    document.body.append(frame);
    await loaded;
    const found = frame.contentDocument;
    if (found) {
      const typed = /^odd\/(.+)/.exec(address);
      if (typed) type(found, decodeURIComponent(typed[1]));
      if (typed || /[?]q=./.test(address)) await results(found);
      made[address] = find(found, MADE_OF).map((each) =>
        [each.closest("head") ? "head" : "body", each.localName, each.rel, each.httpEquiv]
          .filter((word) => typeof word === "string" && word).join(" "));
      if (isIdle(found)) told.push([address, "script is idle"]);
      press(found);
      if (isLedAstray(found)) told.push([address, "contact is another"]);
    }
    await later();
    let path;
    try {
      path = frame.contentWindow.location.pathname;
    } catch {}
    if (path !== new URL(address, location).pathname) told.push([address, `left for ${path}`]);
    frame.remove();
  };

  window.made = {};
  const queue = [...addresses];
  const visitSome = async () => {
    while (queue.length) await visit(queue.shift());
  };
  window.visits = Promise.all(Array.from({ length: most }, visitSome));
}
"""
AT_ONCE = 8

OWN = [f"{path}.html" for path in ANSWERS]
LISTS = ["index.html", "all.html", "search.html", *(f"{kind}/index.html" for kind in BY_KIND)]
SEARCHES = [f"search.html?{urlencode({'q': f'{kind} 1'})}" for kind in BY_KIND]
ASKED = [
    *(f"search.html?{urlencode({'q': text})}" for text in SHORT[::2]),
    *(
        f"handlers/1.html?{urlencode({'mark': text, 'asked': text})}#{quote(text)}"
        for text in SHORT[1::2]
    ),
    *(f"odd/{quote(text)}" for text in SHORT[::4]),
]
SAMPLE = OWN[::6]

# A policy has no say in where a page itself leads: by a refresh, or, where it stands in a frame, by
# a link to data or about:blank, which are then documents of no site. How far it gets until it is
# looked at differs. And Chromium opens a connection to where a frame or a form leads, and sends
# nothing yet, before it asks the policy.
READ = {path: unescape(answer).lower() for path, answer in ANSWERS.items()}
LED = {path for path, answer in READ.items() if re.search("refresh|data:|about:", answer)}
CONNECTED = {path for path, answer in READ.items() if re.search("refresh|<i?frame|form", answer)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Visits:
    """What came of visits to the pages of a site."""

    told: Mapping[str, frozenset[str]]
    """What ran, what the policy stopped, and where a page went, by the addresses."""
    made: frozenset[str]
    """The elements that load, lead or run."""
    asked: frozenset[str]
    """The other hosts that were asked."""

    def of(self, kind: str) -> set[str]:
        """Return the paths of the answers of which something of that kind was told."""
        return {
            address.removesuffix(".html")
            for address, told in self.told.items()
            if any(each.startswith(kind) for each in told)
        }

    @property
    def askers(self) -> set[str]:
        """The paths of the answers that asked a host; that itself if it is no answer's."""
        names = {host.removesuffix(f".{ELSEWHERE}") for host in self.asked}
        return {re.sub("-(?=[0-9]+$)", "/", name) for name in names}


@pytest.fixture(scope="module")
def visits(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, Visits]:
    """Visit a site with both walls, with one of them, and with none, at the same time."""
    listed = build_hostile(tmp_path_factory.mktemp("listed"), has_allow_list=True)
    brought = build_hostile(
        tmp_path_factory.mktemp("brought"), has_allow_list=True, is_brought=True
    )
    written = build_hostile(tmp_path_factory.mktemp("written"), has_allow_list=False)
    passes: dict[str, tuple[Path, Sequence[str]]] = {
        "both": (listed, [*LISTS, *SEARCHES]),
        "allow-list": (without_policy(listed), [*LISTS, *OWN, *SEARCHES, *ASKED]),
        "brought": (without_policy(brought), ["all.html"]),
        # Where the allow-list changes nothing, the page was visited there.
        "policy": (written, [*filter(is_changed, OWN), *SEARCHES]),
        "none": (without_policy(written), SAMPLE),
    }
    with ExitStack() as stack:
        started = []
        for name, (site, addresses) in passes.items():
            there = [each for each in addresses if is_there(site, each)]
            # What the policy would have stopped is told also where it may stop nothing.
            reports = name in {"allow-list", "brought"}
            reported = {"Content_Security_Policy_Report_Only": POLICY} if reports else {}
            (site / "visits.html").write_text("<!doctype html><body>", encoding="utf-8")
            root = stack.enter_context(served(site, Cache_Control="max-age=600", **reported))
            found = stack.enter_context(trap())
            context = browser.new_context(proxy=found.proxy)
            stack.callback(context.close)
            context.add_init_script(TELLING)
            page = context.new_page()
            page.goto(f"{root}visits.html")
            page.evaluate(VISIT, [there, AT_ONCE])
            started.append((name, page, found))
        return {name: ended(page, found) for name, page, found in started}


def is_changed(address: str) -> bool:
    """Tell whether the allow-list makes anything else of an answer."""
    path = address.removesuffix(".html")
    html = as_written(path, ANSWERS[path])
    return clean(html) != html


def is_there(site: Path, address: str) -> bool:
    """Tell whether a page was built, or is asked for with something that no file is called."""
    return address not in OWN or (site / address).exists()


def ended(page: Page, found: Trap) -> Visits:
    """Return what came of visits, once they are at their end."""
    told, made = page.evaluate("visits.then(() => [told, made])")
    # What was asked before is known once this is.
    page.evaluate("fetch('https://last.invalid/').catch(() => {})")
    assert "last.invalid" in found.asked
    by_address: defaultdict[str, set[str]] = defaultdict(set)
    for address, what in told:
        by_address[address].add(what)
    return Visits(
        told={address: frozenset(each) for address, each in by_address.items()},
        made=frozenset(chain.from_iterable(made.values())),
        # Chromium itself asks about forms, whatever their page.
        asked=frozenset(
            each for each in found.asked - {"last.invalid"} if not each.endswith(".googleapis.com")
        ),
    )


def test_without_walls_they_run_and_load_and_lead(visits: Mapping[str, Visits]) -> None:
    found = visits["none"]
    assert len(found.of("ran")) > len(SAMPLE) / 4
    assert len(found.of("ran") | found.of("left") | found.askers) > len(SAMPLE) / 3
    assert found.of("violated") == set()


def test_the_policy_alone_lets_nothing_run_or_load(visits: Mapping[str, Visits]) -> None:
    found = visits["policy"]
    assert found.of("ran") == set()
    assert found.of("left") <= LED
    assert found.askers <= CONNECTED
    assert len(found.of("violated")) > len(ANSWERS) / 4


@pytest.mark.parametrize("walls", ["allow-list", "brought", "both"])
def test_behind_the_allow_list_nothing_runs_loads_leads_or_is_stopped(
    visits: Mapping[str, Visits], walls: str
) -> None:
    assert visits[walls].told == {}
    assert visits[walls].asked == frozenset()


def test_no_hostile_page_has_an_element_of_its_own_that_loads_or_leads(
    visits: Mapping[str, Visits],
) -> None:
    ours = {"form", "link canonical", "link icon", "link stylesheet", "meta", "script"}
    for walls in ("allow-list", "brought", "both"):
        made = {each.removeprefix("head ").removeprefix("body ") for each in visits[walls].made}
        assert made - {"meta Content-Security-Policy"} <= ours
        assert {each for each in visits[walls].made if each.startswith("body ")} == {"body form"}
