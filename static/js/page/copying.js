// Copies the link to a question, and confirms it.
import { listen, status, template } from "./elements.js";

const COPIED_MS = 2000;

/** Copies without the clipboard API, which works only on https; returns whether it worked. */
const copySelected = (address, button) => {
  const area = document.createElement("textarea");
  area.className = "unseen";
  area.value = address;
  button.after(area);
  area.select();
  const isCopied = document.execCommand("copy");
  area.remove();
  button.focus();
  return isCopied;
};

const copyLink = async (button) => {
  const base = document.querySelector("link[rel=canonical]") ?? location;
  const address = new URL(button.value, base.href).href;
  try {
    await navigator.clipboard.writeText(address);
  } catch {
    if (!copySelected(address, button)) return;
  }
  const { copied } = status.dataset;
  const label = button.textContent;
  if (label === copied) return;
  status.textContent = button.textContent = copied;
  setTimeout(() => {
    button.textContent = label;
    status.textContent = "";
  }, COPIED_MS);
};

/** Reveals the copy buttons, including those of later results. */
export const startCopying = () => {
  if (!navigator.clipboard && !document.queryCommandSupported("copy")) return;
  for (const parent of [document, template]) {
    for (const button of parent.querySelectorAll(".copy")) button.hidden = false;
  }
  listen(document, "click", ({ target }) => target.matches(".copy") && copyLink(target));
};
