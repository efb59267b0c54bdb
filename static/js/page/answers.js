// Turns an answer, whose links fit the home page, into text and into nodes for any page.
import { root } from "./elements.js";
import { copyOfAnswer } from "./loading.js";

const APART =
  "blockquote, br, caption, dd, details, div, dt, figcaption, h1, h2, h3, h4, h5, h6, li, p, pre, summary, td, th";

export const answerText = (result) => {
  const answer = copyOfAnswer(result);
  answer.querySelectorAll(".footnote-ref, .footnote-backref").forEach((link) => link.remove());
  // Words on separate lines must not run together.
  answer.querySelectorAll(APART).forEach((part) => part.after(" "));
  return answer.textContent.replace(/\s+/g, " ").trim();
};

/** The nodes of an answer, with links from this page. Links within the answer lead to its own
    page, because ids are dropped. */
export const answerNodes = (result) => {
  const answer = copyOfAnswer(result);
  for (const part of answer.querySelectorAll("*")) {
    part.removeAttribute("id");
    const name = part.src === undefined ? "href" : "src";
    const address = part.getAttribute(name);
    if (address && !/^\w+:/.test(address)) {
      part.setAttribute(name, root + (address[0] === "#" ? result.url + address : address));
    }
  }
  return answer.childNodes;
};
