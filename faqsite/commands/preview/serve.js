// Added to a page by the preview, and part of no published site: reloads the page where the
// reader was once there is a newer one, and tells over it why there is none.
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

  // In a tree of its own: the style of the site does not reach it, nor its style the site.
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

  // Before the page, which has a use of its own for the key.
  const onKey = (event) => {
    if (event.key !== "Escape" || host.hidden) return;
    event.stopImmediatePropagation();
    hideAll();
  };
  addEventListener("keydown", onKey, true);

  /** Tells problems, each of which begins with its place: "content/pay.md:3: unknown key". */
  const tell = (problems) => {
    title.textContent = "The page stays as it was, because of:";
    const items = problems.map((problem) => {
      const [place] = problem.split(": ", 1);
      return element("li", "", element("code", place), problem.slice(place.length));
    });
    list.replaceChildren(...items);
    host.hidden = !problems.length;
  };

  let source;
  // A page that is not seen leaves its connection to others: a browser has six.
  const follow = () => {
    source?.close();
    if (document.hidden) return;
    const path = new URLSearchParams({ path: location.pathname });
    source = new EventSource(new URL(`events?${path}`, own));
    source.addEventListener("message", ({ data }) => {
      const now = JSON.parse(data);
      if (now.page === page) tell(now.problems);
      else reload();
    });
  };

  comeBack();
  document.addEventListener("visibilitychange", follow);
  follow();
}
