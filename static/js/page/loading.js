// Engine, index and answers come as scripts, because a page opened from disk may load nothing else.
import { engine, root } from "./elements.js";

const SLOW_MS = 300; // So long an answer is waited for, and loading is not worth a word.
const FEW_FILES = 8;

/** Which file of texts holds the answer of an entry. */
const fileOf = (entry) => FaqEngine.index.texts.findLastIndex(([first]) => first <= entry);

/** The version of that file that belongs to the index. */
const versionOf = (entry) => FaqEngine.index.texts[fileOf(entry)][1];

// Nothing of others gets in: the policy takes the name of a file of the index, or the
// number of an entry whose answer is wanted.
const rules = {
  createScriptURL: (name) => {
    if (name === engine) return name;
    if (/^search-(index|text\/\d+)\.js(\?v=[\w-]+)?$/.test(name)) return root + name;
    throw new TypeError(`not a file of the index: ${name}`);
  },
  createHTML: (entry) => {
    const { first, answers } = FaqEngine.text[fileOf(entry)];
    return answers[entry - first];
  },
};
const policy = window.trustedTypes?.createPolicy("faq", rules) ?? rules;

// The answers that a short home page holds, by address: each is as its text would be.
const standing = new Map();
if (!root) {
  for (const own of document.querySelectorAll("#page_list .own_page a")) {
    standing.set(own.getAttribute("href"), own.closest(".answer"));
  }
}

/** A copy of the answer of a result: of this page, or in a document in which nothing loads. */
export const copyOfAnswer = ({ entry, url }) => {
  const copy = standing.get(url)?.cloneNode(true);
  copy?.querySelector(".own_page:last-child").remove();
  return copy ?? new DOMParser().parseFromString(policy.createHTML(entry), "text/html").body;
};

const attempts = {};

/** What `start` promises, started once, unless it fails: then the next call starts it again.
    `soon` waits for it too, but only as long as is not worth a word. */
const once = (name, start) => {
  if (!attempts[name]) {
    const loading = start();
    const failing = loading.catch(() => delete attempts[name]);
    const late = new Promise((resolve) => setTimeout(resolve, SLOW_MS));
    attempts[name] = { loading, soon: Promise.race([failing, late]) };
  }
  return attempts[name];
};

const load = (name) =>
  once(
    name,
    () =>
      new Promise((resolve, reject) => {
        const script = document.createElement("script");
        script.async = false; // The index is a statement about the engine, which has to come first.
        script.src = policy.createScriptURL(name);
        script.onload = resolve;
        script.onerror = () => reject(new Error(`cannot load ${name}`));
        document.head.append(script);
      }),
  );

let again = ""; // What makes each address another one, when index and answers are loaded anew.

export const loadEngine = () => load(engine);

/** The answer of a result. */
export const loadAnswer = ({ entry, url }) =>
  standing.has(url)
    ? once(url, async () => {})
    : load(`search-text/${fileOf(entry)}.js?v=${versionOf(entry)}${again}`);

export const isThere = ({ entry, url }) =>
  standing.has(url) || FaqEngine.text[fileOf(entry)]?.version === versionOf(entry);

/** Whether results tell a passage: of many answers those would be many files. */
export const hasPassages = () => FaqEngine.index.texts.length <= FEW_FILES;

/** The search over the index. */
export const openIndex = () =>
  once(`index ${again}`, async () => {
    const scripts = [loadEngine(), load(`search-index.js${again && `?v=${again}`}`)];
    await Promise.all(scripts.map(({ loading }) => loading));
    const faq = FaqEngine.open(FaqEngine.index);
    // Few answers come at once.
    if (FaqEngine.index.texts.length === 1 && !standing.size) loadAnswer({ entry: 0 });
    return faq;
  });

/** Has index and answers loaded again, for a new build came between them; once, or it would go on. */
export const loadAnew = () => {
  if (again) throw new Error("index and answers are of different builds");
  again = `-${Date.now()}`;
};
