// The one script of the report: sorts and filters tables. Without it they are plain tables.
#include "style.hpp"

namespace throng {

namespace {
constexpr std::string_view kText = R"js(
"use strict";
for (const table of document.querySelectorAll("table.sortable")) {
  const body = table.tBodies[0];
  const heads = Array.from(table.tHead.rows[0].cells);
  const status = document.createElement("output");
  const keyOf = (row, column) => row.cells[column].dataset.key;
  const compare = (column, isNumber) => (a, b) => {
    const x = keyOf(a, column), y = keyOf(b, column);
    return isNumber ? Number(x) - Number(y) : x.localeCompare(y);
  };
  heads.forEach((head, column) => {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = head.textContent;
    head.replaceChildren(button);
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

std::string_view report_script() { return kText; }

}  // namespace throng
