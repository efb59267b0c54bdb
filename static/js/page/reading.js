// Lists of answers: opens what a link leads to, and again what was open before.
import { element, listen, recall, results, save } from "./elements.js";
import { hide } from "./search.js";

const all = [...document.querySelectorAll("main details")]; // Before there are results.
const entries = all.filter((details) => details.matches(".entry"));
const turnButton = element("turn_all");
let remembering;

/** The element that the address points to, unless that is the whole page. */
export const place = () => {
  try {
    const found = element(decodeURIComponent(location.hash.slice(1)));
    return found?.id === "page_main" ? null : found;
  } catch {
    return null; // The address is malformed.
  }
};

/** Shows what the address points to if the browser cannot, because it is hidden. */
const showPlace = () => {
  const found = place();
  if (!found) return;
  let closed;
  let wasHidden = !results.hidden;
  if (wasHidden) hide();
  while ((closed = found.closest("details:not([open])"))) wasHidden = closed.open = true;
  if (wasHidden) found.scrollIntoView();
};

/** Saves what is open for a reader who comes back, once for all answers that turn together. */
const remember = () => {
  const isWhole = entries.every(({ open }) => open);
  if (turnButton) turnButton.textContent = turnButton.dataset[isWhole ? "close" : "open"];
  remembering ??= setTimeout(() => {
    remembering = undefined;
    save({ open: all.map(({ open }) => open) });
  });
};

const turnAll = () => {
  const isOpen = entries.some(({ open }) => !open);
  for (const entry of entries) entry.open = isOpen;
};

export const startReading = () => {
  const { open } = recall();
  // With another number of answers, the page has changed since.
  if (open?.length === all.length) all.forEach((details, i) => (details.open = open[i]));
  listen(window, "hashchange", () => {
    showPlace();
    remember(); // The new address has nothing saved yet.
  });
  showPlace();
  // This event does not bubble.
  document.addEventListener("toggle", remember, true);
  if (entries.length < 2) return;
  turnButton.parentElement.hidden = false;
  listen(turnButton, "click", turnAll);
};
