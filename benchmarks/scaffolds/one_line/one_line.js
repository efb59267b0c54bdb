// Searches nothing, and shows one line at each key: what the browser itself takes.
"use strict";

const box = document.getElementById("search_box");
box.addEventListener("input", () => {
  const item = document.createElement("li");
  item.textContent = box.value;
  document.getElementById("search_list").replaceChildren(item);
});
