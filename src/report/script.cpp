// The one script of the report: sorts and filters tables, and lets the reader walk on the lattice. Without it
// they are plain tables.
#include "style.hpp"

namespace throng {

namespace {
constexpr std::string_view kScript = R"js(
"use strict";
const walk = document.getElementById("walk");
if (walk) {
  const axes = Array.from(walk.querySelectorAll("li"));
  const rows = Array.from(document.querySelectorAll("#nodes tbody tr"));
  const heads = Array.from(document.querySelectorAll("#nodes thead th"), (head) => head.textContent);
  const textsOf = (row) => Array.from(row.cells, (cell) => cell.textContent);
  const levelsOf = (row) => textsOf(row).slice(1, 1 + axes.length).map(Number);
  const nodes = new Map(rows.map((row) => [levelsOf(row).join(), row]));
  const figuresOf = (row) => textsOf(row).slice(1 + axes.length);
  let here = levelsOf(rows[0]);
  const stepped = (axis, by) => here.map((level, i) => i === axis ? level + by : level);
  const show = () => {
    const current = nodes.get(here.join());
    const figures = figuresOf(current).map((text, i) => {
      const term = document.createElement("span");
      const value = document.createElement("strong");
      value.textContent = text;
      term.append(heads[1 + axes.length + i] + ": ", value);
      return term;
    });
    const place = document.createElement("strong");
    place.textContent = current.cells[0].textContent;
    if (current !== rows[0]) place.append(" from " + rows[0].cells[0].textContent);
    walk.querySelector("output").replaceChildren(place, ...figures);
    for (const row of nodes.values()) row.classList.toggle("here", row === current);
    axes.forEach((item, axis) => {
      const height = Number(item.dataset.height);
      const level = here[axis];
      item.querySelector("span").textContent =
        "level " + level + " of " + height + (level === 0 ? ": original" : level === height ? ": *" : "");
      item.querySelectorAll("button").forEach((button, i) => {
        const by = i === 0 ? -1 : 1;
        const row = nodes.get(stepped(axis, by).join());
        button.disabled = !row;
        const isEnd = level + by < 0 || level + by > height;
        const [loss, suppressed, , , allowed] = row ? figuresOf(row) : [];
        button.textContent = (i === 0 ? "finer: " : "coarser: ") + (isEnd ? "no level" : !row ? "not computed"
          : "loss " + Number(loss).toFixed(4) + ", " + suppressed + " suppressed" + (allowed === "yes" ? "" : ", not allowed"));
      });
    });
  };
  axes.forEach((item, axis) => item.querySelectorAll("button").forEach((button, i) =>
    button.addEventListener("click", () => { here = stepped(axis, i === 0 ? -1 : 1); show(); })));
  walk.querySelector(".back").addEventListener("click", () => { here = levelsOf(rows[0]); show(); });
  walk.hidden = false;
  show();
}
for (const table of document.querySelectorAll("table.sortable")) {
  const body = table.tBodies[0];
  const heads = Array.from(table.tHead.rows[0].cells);
  const status = document.createElement("output");
  const keyOf = (row, column) => row.cells[column].dataset.key ?? row.cells[column].textContent;
  const compare = (column, isNumber) => (a, b) => {
    const x = keyOf(a, column), y = keyOf(b, column);
    return isNumber ? Number(x) - Number(y) : x.localeCompare(y);
  };
  heads.forEach((head, column) => {
    const button = document.createElement("button");
    button.type = "button";
    button.append(...head.childNodes);
    head.append(button);
    button.addEventListener("click", () => {
      const isDown = head.getAttribute("aria-sort") === "ascending";
      heads.forEach((other) => other.removeAttribute("aria-sort"));
      head.setAttribute("aria-sort", isDown ? "descending" : "ascending");
      const rows = Array.from(body.rows).sort(compare(column, head.classList.contains("number")));
      if (isDown) rows.reverse();
      body.append(...rows);
    });
  });
  const label = document.createElement("label");
  label.className = "filter";
  label.textContent = "Show rows with";
  const input = document.createElement("input");
  input.type = "search";
  input.addEventListener("input", () => {
    const words = input.value.toLowerCase().split(/\s+/);
    let shown = 0;
    for (const row of body.rows) {
      row.hidden = !words.every((word) => row.textContent.toLowerCase().includes(word));
      if (!row.hidden) ++shown;
    }
    status.textContent = " " + shown + " of " + body.rows.length;
  });
  label.append(input, status);
  table.parentElement.before(label);
}
)js";
}  // namespace

std::string_view report_script() { return kScript; }

}  // namespace throng
