// Lists of answers: opens the target of a link, and reopens what was open before.
import { element, listen, recall, results, save } from "./elements.js";
import { hide } from "./search.js";

const everyDetails = [...document.querySelectorAll("main details")]; // Before there are results.
const entries = everyDetails.filter((details) => details.matches(".entry"));
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

/** Shows the target of the address if it is hidden, where the browser cannot show it. */
const showPlace = () => {
  const found = place();
  if (!found) return;
  let closed;
  let wasHidden = !results.hidden;
  if (wasHidden) hide();
  while ((closed = found.closest("details:not([open])"))) wasHidden = closed.open = true;
  if (wasHidden) found.scrollIntoView();
};

/** Saves which answers are open, for a reader who comes back. Several that open together are saved
    once. */
const remember = () => {
  const isWhole = entries.every(({ open }) => open);
  if (turnButton) turnButton.textContent = turnButton.dataset[isWhole ? "close" : "open"];
  remembering ??= setTimeout(() => {
    remembering = undefined;
    save({ open: everyDetails.map(({ open }) => open) });
  });
};

const turnAll = () => {
  const isOpen = entries.some(({ open }) => !open);
  for (const entry of entries) entry.open = isOpen;
};

export const startReading = () => {
  const { open } = recall();
  // If the number of answers differs, the page has changed since.
  if (open?.length === everyDetails.length) {
    everyDetails.forEach((details, i) => (details.open = open[i]));
  }
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
