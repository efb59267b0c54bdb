// A minimal search page for Pagefind: ten results at each key.
const box = document.getElementById("search_box");
const list = document.getElementById("search_list");
let opening, turn = 0;

box.addEventListener("input", async () => {
  const now = ++turn;
  opening ??= import("/pagefind/pagefind.js");
  const pagefind = await opening;
  const found = await pagefind.search(box.value);
  const shown = await Promise.all(found.results.slice(0, 10).map((result) => result.data()));
  if (now !== turn) return;
  list.replaceChildren(
    ...shown.map(({ url, meta, excerpt }) => {
      const item = document.createElement("li");
      const link = document.createElement("a");
      const text = document.createElement("p");
      link.href = url;
      link.textContent = meta.title;
      text.innerHTML = excerpt;
      item.append(link, text);
      return item;
    }),
  );
});
