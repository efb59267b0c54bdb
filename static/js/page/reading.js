// Answers of a list: what a link leads to is opened, what was open is open again.
import { element, keep, kept, listen, results } from "./elements.js";
import { hide } from "./search.js";

const all = [...document.querySelectorAll("main details")]; // Results are to come.
const entries = all.filter((details) => details.matches(".entry"));
const turner = element("turn_all");
let remembering;

/** What the address points to, unless that is the whole text. */
export const place = () => {
  try {
    const found = element(decodeURIComponent(location.hash.slice(1)));
    return found?.id === "page_main" ? null : found;
  } catch {
    return null; // No page of ours has such an address.
  }
};

/** Shows what the address points to, where the browser could not. */
const showPlace = () => {
  const found = place();
  if (!found) return;
  let closed;
  let wasHidden = !results.hidden;
  if (wasHidden) hide();
  while ((closed = found.closest("details:not([open])"))) wasHidden = closed.open = true;
  if (wasHidden) found.scrollIntoView();
};

/** Keeps what is open for who comes back, once for all that is turned at a time. */
const remember = () => {
  const isWhole = entries.every(({ open }) => open);
  if (turner) turner.textContent = turner.dataset[isWhole ? "close" : "open"];
  remembering ??= setTimeout(() => {
    remembering = undefined;
    keep({ open: all.map(({ open }) => open) });
  });
};

const turnAll = () => {
  const isOpen = entries.some(({ open }) => !open);
  for (const entry of entries) entry.open = isOpen;
};

export const startReading = () => {
  const { open } = kept();
  // Of another number, the page has changed meanwhile.
  if (open?.length === all.length) all.forEach((details, i) => (details.open = open[i]));
  listen(window, "hashchange", () => {
    showPlace();
    remember(); // A new place in the page has nothing kept yet.
  });
  showPlace();
  // What is turned tells nobody above it.
  document.addEventListener("toggle", remember, true);
  if (entries.length < 2) return;
  turner.parentElement.hidden = false;
  listen(turner, "click", turnAll);
};
