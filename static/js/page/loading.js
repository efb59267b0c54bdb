// Engine, index and answers come as scripts, because a page opened from disk may load nothing else.
import { engine, root } from "./elements.js";

const SLOW_MS = 300; // So long an answer is waited for, and loading is not worth a word.
const LOST_MS = 30_000; // So long a script is waited for at all.
const STALE_MS = 600_000; // So long a host may have browsers keep a file (GitHub Pages).
const FEW_FILES = 8;

// The files come in any order, and may be cut short: what has come is seen by what is there.
window.FaqEngine = { text: {}, part: {} };

let again = ""; // When all was last loaded anew: it makes each address another one.

/** The answer of a result, if its file is there, and of its version. */
const answerOf = ({ file, version, at }) => {
  const text = FaqEngine.text[file];
  return text?.version === version && text.answers?.[at];
};

// Nothing of others gets in: the policy takes the name of a file of the index, or a result.
const rules = {
  createScriptURL: (name) => {
    if (name === engine + again) return name;
    if (/^search-(index|(text|part)\/t?\d+)\.js(\?v=[\w-]+)?$/.test(name)) return root + name;
    throw new Error(`cannot load ${name}`);
  },
  createHTML: (_, result) => answerOf(result),
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
export const copyOfAnswer = (result) => {
  const copy = standing.get(result.url)?.cloneNode(true);
  copy?.querySelector(".own_page:last-child").remove();
  return copy ?? new DOMParser().parseFromString(policy.createHTML("", result), "text/html").body;
};

const attempts = {};

/** What `start` promises, started once, unless it fails: then the next call starts it again.
    `soon` waits for it too, but only as long as is not worth a word, and then gives nothing. */
const once = (name, start) => {
  if (!attempts[name]) {
    const loading = start();
    const failing = loading.catch(() => delete attempts[name]);
    const late = new Promise((resolve) => setTimeout(resolve, SLOW_MS));
    attempts[name] = { loading, soon: Promise.race([failing, late]) };
  }
  return attempts[name];
};

/** Loads a script, which fails unless it brought what `isThere` looks for. */
const load = (name, isThere) =>
  once(name, async () => {
    const script = document.createElement("script");
    script.src = policy.createScriptURL(name);
    document.head.append(script);
    await new Promise((resolve) => {
      script.onload = script.onerror = resolve;
      setTimeout(resolve, LOST_MS);
    });
    if (!isThere()) throw new Error(`cannot load ${name}`);
  });

export const loadEngine = () => load(engine + again, () => FaqEngine.open);

/** A result with the file that holds its answer, at which place, and of which version, as the
    index has them that found it: the next may have others. */
export const located = (result) => {
  const { texts } = FaqEngine.index;
  const file = texts.findLastIndex(([first]) => first <= result.entry);
  const [first, version] = texts[file];
  return { ...result, file, version, at: result.entry - first };
};

export const isThere = (result) => standing.has(result.url) || answerOf(result);

/** The answer of a result. */
export const loadAnswer = (result) =>
  isThere(result)
    ? once("", async () => {})
    : load(`search-text/${result.file}.js?v=${result.version}${again}`, () => isThere(result));

/** Whether results tell a passage: of many answers those would be many files. */
export const hasPassages = () => FaqEngine.index.texts.length <= FEW_FILES;

/** The search over the index. */
export const openIndex = () =>
  once(`index ${again}`, async () => {
    const engineComing = loadEngine();
    await load(`search-index.js${again && `?v=${again}`}`, () => FaqEngine.index).loading;
    await engineComing.loading;
    const steps = FaqEngine.opening(FaqEngine.index);
    let step = steps.next();
    while (!step.done) {
      await new Promise(setTimeout); // A large index lets the page do something else.
      step = steps.next();
    }
    // Few answers come at once.
    if (FaqEngine.index.texts.length === 1 && !standing.size) loadAnswer(located({ entry: 0 }));
    return step.value;
  });

/** The parts of a large index that a search is missing. */
export const loadParts = (faq, names) => {
  const { parts, titled } = FaqEngine.index;
  const loadPart = async (name) => {
    const [, version] = parts[name] ?? titled[name.slice(1)];
    const isThere = () => FaqEngine.part[name]?.version === version;
    try {
      await load(`search-part/${name}.js?v=${version}${again}`, isThere).loading;
    } catch (error) {
      throw Object.assign(error, { isOfPart: true });
    }
    faq.add(name);
  };
  return once(`parts ${names} ${again}`, () => Promise.all(names.map(loadPart)));
};

/** Has all loaded from other addresses, past what is kept of an earlier build; if the search
    `isUsable`, not soon again. Returns whether to try at once: soon again that would not end. */
export const loadAnew = (isUsable) => {
  const isTime = Date.now() - again > STALE_MS;
  if (isTime || !isUsable) again = Date.now();
  return isTime;
};
