// The preview adds this to each page; a published site does not have it. It reloads the page when
// there is a newer one, at the same place, and shows over it why there is none.
"use strict";
{
  const KEPT = "preview";
  const { page } = document.currentScript.dataset;
  const own = new URL(".", document.currentScript.src);

  const summaries = () => [...document.querySelectorAll("details > summary")];

  const reload = () => {
    const open = summaries()
      .filter((summary) => summary.parentElement.open)
      .map((summary) => summary.textContent);
    const kept = { at: location.href, x: scrollX, y: scrollY, open };
    sessionStorage.setItem(KEPT, JSON.stringify(kept));
    location.reload();
  };

  const comeBack = () => {
    const kept = JSON.parse(sessionStorage.getItem(KEPT));
    sessionStorage.removeItem(KEPT);
    if (kept?.at !== location.href) return;
    for (const summary of summaries())
      summary.parentElement.open = kept.open.includes(summary.textContent);
    scrollTo({ left: kept.x, top: kept.y, behavior: "instant" });
  };

  const element = (name, text = "", ...children) => {
    const made = document.createElement(name);
    made.textContent = text;
    made.append(...children);
    return made;
  };

  // In a shadow tree, so that its style and that of the site do not mix.
  const host = element("div");
  host.lang = "en";
  host.dir = "ltr";
  host.hidden = true;
  host.setAttribute("role", "alert");
  const style = element("link");
  style.rel = "stylesheet";
  style.href = new URL("serve.css", own);
  const title = element("h2");
  const list = element("ul");
  const hide = element("button", "Hide (Esc)");
  const hideAll = () => (host.hidden = true);
  hide.addEventListener("click", hideAll);
  host.attachShadow({ mode: "open" }).append(style, element("main", "", title, list, hide));
  document.body.append(host);

  // Before the page, which uses the key too.
  const onKey = (event) => {
    if (event.key !== "Escape" || host.hidden) return;
    event.stopImmediatePropagation();
    hideAll();
  };
  addEventListener("keydown", onKey, true);

  /** Shows problems, each of which begins with its place: "content/pay.md:3: unknown key". */
  const show = (problems) => {
    title.textContent = "This page is out of date, because of:";
    const items = problems.map((problem) => {
      const [place] = problem.split(": ", 1);
      return element("li", "", element("code", place), problem.slice(place.length));
    });
    list.replaceChildren(...items);
    host.hidden = !problems.length;
  };

  let source;
  // A hidden page leaves its connection to others: a browser has six.
  const follow = () => {
    source?.close();
    if (document.hidden) return;
    const path = new URLSearchParams({ path: location.pathname });
    source = new EventSource(new URL(`events?${path}`, own));
    source.addEventListener("message", ({ data }) => {
      const now = JSON.parse(data);
      if (now.page === page) show(now.problems);
      else reload();
    });
  };

  comeBack();
  document.addEventListener("visibilitychange", follow);
  follow();
}
