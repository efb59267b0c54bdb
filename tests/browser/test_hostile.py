"""Hostile content neither runs nor asks another host: the allow-list and the policy prevent it."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping
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
from tests.support.served import hosted

# Reports to the top page what runs in a frame, and what a policy stops.
REPORTING = """
(() => {
  if (top === window) window.reports = [];
  const report = (what) => {
    let frame = window;
    try {
      while (frame !== top && frame.parent !== top) frame = frame.parent;
      top.reports.push([frame.frameElement.title, what]);
    } catch {
      console.log(`reports: ${what}`);
    }
  };
  for (const name of ["alert", "confirm", "prompt", "print"]) window[name] = () => report("ran");
  addEventListener("securitypolicyviolation", ({ effectiveDirective, blockedURI }) =>
    report(`violated ${effectiveDirective}: ${blockedURI}`));
})()
"""

# Opens each address in a frame and does what a reader could do there: calls every handler, and
# clicks everything that does not lead to a web address.
VISIT = r"""
([addresses, most]) => {
  const { querySelectorAll } = Document.prototype;
  const { getAttributeNames, getAttribute } = Element.prototype;
  const find = (found, selector) => [...querySelectorAll.call(found, selector)];
  const later = () => new Promise((resolve) => setTimeout(resolve));
  const ACTIVE = "base, embed, form, frame, iframe, link, meta, object, script, style, svg";
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

  // The names that an answer gives its elements must not stop our scripts.
  const isIdle = (found) => find(found, "#scheme_panel, main .copy").some(({ hidden }) => hidden);
  const isLedAstray = (found) =>
    find(found, "#feedback_link").some(({ origin }) => origin !== "https://elsewhere.invalid");

  const visit = async (address) => {
    const frame = document.createElement("iframe");
    frame.title = address;
    frame.src = address;
    const loaded = new Promise((resolve) => {
      frame.onload = resolve;
      setTimeout(resolve, 60_000); // A page that never loads must not hold up the others.
    });
    document.body.append(frame);
    await loaded;
    const found = frame.contentDocument;
    if (found) {
      const typed = /^odd\/(.+)/.exec(address);
      if (typed) type(found, decodeURIComponent(typed[1]));
      if (typed || /[?]q=./.test(address)) await results(found);
      made[address] = find(found, ACTIVE).map((each) =>
        [each.closest("head") ? "head" : "body", each.localName, each.rel, each.httpEquiv]
          .filter((word) => typeof word === "string" && word).join(" "));
      if (isIdle(found)) reports.push([address, "script is idle"]);
      press(found);
      if (isLedAstray(found)) reports.push([address, "contact is another"]);
    }
    await later();
    let path;
    try {
      path = frame.contentWindow.location.pathname;
    } catch {}
    if (path !== new URL(address, location).pathname) reports.push([address, `left for ${path}`]);
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

# A policy does not stop a page from leaving: by a refresh, or in a frame by a link to data or
# about:blank. How far it gets before the check varies. And Chromium connects to the target of a
# frame or a form, without sending anything, before it asks the policy.
READ = {path: unescape(answer).lower() for path, answer in ANSWERS.items()}
LED = {path for path, answer in READ.items() if re.search("refresh|data:|about:", answer)}
CONNECTED = {path for path, answer in READ.items() if re.search("refresh|<i?frame|form", answer)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Visits:
    """The results of visits to the pages of a site."""

    reports: Mapping[str, frozenset[str]]
    """What ran, what the policy stopped, and where a page went, by address."""
    made: frozenset[str]
    """The elements that load, lead somewhere or run."""
    asked: frozenset[str]
    """The other hosts that the pages asked."""

    def of(self, kind: str) -> set[str]:
        """Return the paths of the answers with reports of a kind."""
        return {
            address.removesuffix(".html")
            for address, reports in self.reports.items()
            if any(each.startswith(kind) for each in reports)
        }

    @property
    def askers(self) -> set[str]:
        """The paths of the answers that asked a host, or a host that belongs to no answer."""
        names = {host.removesuffix(f".{ELSEWHERE}") for host in self.asked}
        return {re.sub("-(?=[0-9]+$)", "/", name) for name in names}


@pytest.fixture(scope="module")
def visits(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, Visits]:
    """Visit a site behind the allow-list, behind the policy and behind neither, all at once."""
    written, listed, imported = (
        build_hostile(tmp_path_factory.mktemp("site"), has_allow_list=listed, is_imported=imported)
        for listed, imported in ((False, False), (True, False), (True, True))
    )
    passes = {
        "allow-list": (listed, [*LISTS, *OWN, *SEARCHES, *ASKED]),
        "imported": (imported, ["all.html"]),
        # A page that the allow-list does not change is visited there.
        "policy": (written, [*filter(is_changed, OWN), *SEARCHES]),
        "neither": (written, SAMPLE),
    }
    with ExitStack() as stack:
        started = []
        for name, (site, addresses) in passes.items():
            there = [each for each in addresses if is_there(site, each)]
            headers = {"Cache-Control": "max-age=600"}
            # The allow-list must leave nothing that the policy would stop.
            if site != written:
                headers["Content-Security-Policy-Report-Only"] = POLICY
            (site / "visits.html").write_text("<!doctype html><body>", encoding="utf-8")
            host = stack.enter_context(hosted(site, headers=headers))
            if name != "policy":
                host.faults = {r".*\.html|odd/.*": without_policy}
            found = stack.enter_context(trap())
            context = browser.new_context(proxy=found.proxy)
            stack.callback(context.close)
            context.add_init_script(REPORTING)
            page = context.new_page()
            page.goto(f"{host.root}visits.html")
            page.evaluate(VISIT, [there, AT_ONCE])
            started.append((name, page, found))
        return {name: wait_for_visits(page, found) for name, page, found in started}


def is_changed(address: str) -> bool:
    """Return whether the allow-list changes an answer."""
    path = address.removesuffix(".html")
    html = as_written(path, ANSWERS[path])
    return clean(html) != html


def is_there(site: Path, address: str) -> bool:
    """Return whether a page was built, or an address is not that of an entry."""
    return address not in OWN or (site / address).exists()


def wait_for_visits(page: Page, found: Trap) -> Visits:
    """Wait for the end of visits, and return their results."""
    reports, made = page.evaluate("visits.then(() => [reports, made])")
    # Once the trap knows this request, it knows all earlier ones.
    page.evaluate("fetch('https://last.invalid/').catch(() => {})")
    assert "last.invalid" in found.asked
    by_address: defaultdict[str, set[str]] = defaultdict(set)
    for address, what in reports:
        by_address[address].add(what)
    return Visits(
        reports={address: frozenset(each) for address, each in by_address.items()},
        made=frozenset(chain.from_iterable(made.values())),
        # Chromium itself asks about forms on any page.
        asked=frozenset(
            each for each in found.asked - {"last.invalid"} if not each.endswith(".googleapis.com")
        ),
    )


def test_unprotected_payloads_run_and_load_and_leave_the_page(visits: Mapping[str, Visits]) -> None:
    found = visits["neither"]
    assert len(found.of("ran")) > len(SAMPLE) / 4
    assert len(found.of("ran") | found.of("left") | found.askers) > len(SAMPLE) / 3
    assert found.of("violated") == set()


def test_the_policy_alone_stops_everything_that_runs_or_loads(visits: Mapping[str, Visits]) -> None:
    found = visits["policy"]
    assert found.of("ran") == set()
    assert found.of("left") <= LED
    assert found.askers <= CONNECTED
    assert len(found.of("violated")) > len(ANSWERS) / 4


@pytest.mark.parametrize("name", ["allow-list", "imported"])
def test_behind_the_allow_list_nothing_runs_loads_leaves_or_has_to_be_stopped(
    visits: Mapping[str, Visits], name: str
) -> None:
    found = visits[name]
    assert found.reports == {}
    assert found.asked == frozenset()
    heads = {each.removeprefix("head ") for each in found.made if each.startswith("head ")}
    assert heads <= {"link canonical", "link icon", "link stylesheet", "meta", "script"}
    assert {each for each in found.made if each.startswith("body ")} == {"body form"}
