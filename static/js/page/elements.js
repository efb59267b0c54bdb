// What the parts share: elements of the page, listeners, saved state, and the console.

export const element = (id) => document.getElementById(id);

export const listen = (target, types, listener) =>
  types.split(" ").forEach((type) => target.addEventListener(type, listener));

let logged = false;

/** Logs only the first failure; the page stays as it was. */
export const log = (error) => {
  if (!logged) console.error("page:", error);
  logged = true;
};

/** The path to the root of the site, and the address of the engine. */
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

// Results replace the page's list if it has one; otherwise they open in a panel in the header.
export const pageList = element("page_list");
export const panel = element("search_panel");

/** The state that the page saved, for a reader who comes back. */
export const recall = () => history.state ?? {};

/** Saves more state, and changes the address of the page if one is given. */
export const save = (more, address) => {
  try {
    history.replaceState({ ...recall(), ...more }, "", address);
  } catch (error) {
    log(error);
  }
};

export const hidePageList = (isHidden) => {
  if (pageList) pageList.hidden = isHidden;
};

export const query = () => box.value.trim();
