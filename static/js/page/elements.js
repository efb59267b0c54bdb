// What the parts share: the elements of the page, its listeners, and its one line in the console.

export const element = (id) => document.getElementById(id);

export const listen = (target, types, listener) =>
  types.split(" ").forEach((type) => target.addEventListener(type, listener));

let logged = false;

/** Tells what failed, once; the page stays as it was. */
export const log = (error) => {
  if (!logged) console.error("page:", error);
  logged = true;
};

/** The way to the root of the site, and the address of the engine. */
export const { root, engine } = document.currentScript.dataset;

export const box = element("search_box");
export const searchForm = box.form;
export const results = element("search_results");
export const summary = element("search_summary");
export const list = element("search_list");
export const onward = element("search_onward");
export const status = element("search_status");
export const filter = element("search_filter");
export const select = element("search_category");
export const template = element("search_result").content;

// Results take the place of the page's list where it has one, or open in a panel in the header.
export const pageList = element("page_list");
export const panel = element("search_panel");

/** What was kept of the page for who comes back. */
export const kept = () => history.state ?? {};

/** Keeps more, and perhaps another address of the page, where the browser lets it. */
export const keep = (more, address) => {
  try {
    history.replaceState({ ...kept(), ...more }, "", address);
  } catch (error) {
    log(error);
  }
};

export const query = () => box.value.trim();
