# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The page's JavaScript. It adds to a page that is whole without it: filter, sort, choice of account, saved answers."""

from __future__ import annotations

SCRIPT = r"""
"use strict";
(() => {
  // A browser lays out a hundred rows at once, not thousands. Paper gets all that the filter finds.
  const MOST_ROWS = 100;
  // Fewer are seen at a glance.
  const ROWS_TO_FILTER = 12;
  const order = new Intl.Collator("en", {numeric: true});

  function made(tag, text, type) {
    const element = document.createElement(tag);
    element.textContent = text;
    if (type) element.type = type;
    return element;
  }

  // A table whose rows can be filtered by typing and sorted by the titles of its columns.
  class Table {
    constructor(table, number) {
      this.table = table;
      this.rows = [...table.tBodies[0].rows];
      this.texts = new Map(this.rows.map((row) => [row, row.textContent.toLowerCase()]));
      this.all = false;
      this.shown = new Set();
      this.field = made("input", "", "search");
      this.told = made("output", "");
      this.more = made("button", "", "button");
      this.place(number);
      this.show();
      table.classList.add("short");
    }

    place(number) {
      const bar = made("div", "");
      const label = made("label", "Filter by typing ");
      bar.className = "filter";
      this.field.id = `filter-${number}`;
      label.htmlFor = this.field.id;
      this.told.setAttribute("aria-live", "polite");
      this.more.className = "more";
      this.field.addEventListener("input", () => this.show());
      this.more.addEventListener("click", () => { this.all = true; this.show(); });
      bar.append(label, this.field, this.told);
      if (this.rows.length > ROWS_TO_FILTER) this.table.before(bar);
      this.table.after(this.more);
      [...this.table.tHead.rows[0].cells].forEach((head, column) => {
        const button = made("button", head.textContent, "button");
        button.addEventListener("click", () => this.sort(head, column));
        head.replaceChildren(button);
      });
    }

    show(most = MOST_ROWS) {
      const words = this.field.value.toLowerCase().split(/\s+/).filter(Boolean);
      const found = this.rows.filter((row) => words.every((word) => this.texts.get(row).includes(word)));
      const shown = new Set(this.all ? found : found.slice(0, most));
      // Only the rows that come or go are touched.
      for (const row of this.shown) if (!shown.has(row)) row.className = "";
      for (const row of shown) row.className = "in";
      this.shown = shown;
      this.told.textContent = `${shown.size} of ${this.rows.length} shown`;
      this.more.hidden = shown.size === found.length;
      this.more.textContent = `Show all ${found.length}`;
    }

    sort(head, column) {
      const down = head.getAttribute("aria-sort") === "ascending";
      for (const other of this.table.tHead.rows[0].cells) other.removeAttribute("aria-sort");
      head.setAttribute("aria-sort", down ? "descending" : "ascending");
      const keys = new Map(this.rows.map((row) => [row, row.cells[column].textContent.trim()]));
      // What is empty stands last, whichever way.
      this.rows.sort((one, two) => {
        const [first, second] = [keys.get(one), keys.get(two)];
        if (!first || !second) return (first ? 0 : 1) - (second ? 0 : 1);
        return (down ? -1 : 1) * order.compare(first, second);
      });
      this.table.tBodies[0].append(...this.rows);
      this.show();
    }

    reveal(row) {
      if (!this.shown.has(row)) {
        this.field.value = "";
        this.show();
      }
      row.className = "in";
      this.shown.add(row);
    }
  }

  // A link may lead to a row that is not shown.
  function reveal() {
    const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (!target) return;
    const account = target.closest("article");
    if (account && account.hidden) choose(account.id);
    const table = tables.get(target.closest("table"));
    if (target.tagName === "TR" && table) table.reveal(target);
    if (target.tagName === "DETAILS") target.open = true;
    target.scrollIntoView();
    // Whoever reads by ear or goes by key goes on from here.
    target.tabIndex = -1;
    target.focus({preventScroll: true});
  }

  const choice = document.getElementById("choice");

  function choose(id) {
    for (const article of document.querySelectorAll("article")) article.hidden = article.id !== id;
    choice.value = id;
  }

  function equipChoice() {
    for (const article of document.querySelectorAll("article")) {
      const option = made("option", article.dataset.account);
      option.value = article.id;
      choice.append(option);
    }
    choice.parentElement.hidden = false;
    choice.closest("nav").querySelector("ul").hidden = true;
    choice.addEventListener("change", () => choose(choice.value));
    choose(document.querySelector("article").id);
  }

  // Quoted, and nothing that a spreadsheet would take for a formula.
  function cell(text) {
    return `"${(/^[=+\-@\t\r]/.test(text) ? "'" : "") + text.replaceAll('"', '""')}"`;
  }

  function equipAnswers(save) {
    const article = save.closest("article");
    save.hidden = false;
    save.querySelector("button").addEventListener("click", () => {
      const lines = ["account_id,department,person,decision,by,date"];
      for (const ticked of article.querySelectorAll(".sheet input:checked")) {
        const sheet = ticked.closest(".sheet");
        const facts = [article.dataset.accountId, sheet.dataset.department, ticked.closest("tr").dataset.person];
        const signed = [sheet.querySelector(".by").value, sheet.querySelector(".date").value];
        lines.push([...facts, ticked.value, ...signed].map(cell).join(","));
      }
      const link = made("a", "");
      link.href = URL.createObjectURL(new Blob([lines.join("\n") + "\n"], {type: "text/csv"}));
      link.download = "answers.csv";
      link.click();
      URL.revokeObjectURL(link.href);
      save.querySelector("output").textContent = `${lines.length - 1} answers saved`;
    });
  }

  const tables = new Map();
  document.querySelectorAll("table.facts").forEach((table, number) => tables.set(table, new Table(table, number)));
  document.querySelectorAll(".save").forEach(equipAnswers);
  if (choice) equipChoice();
  addEventListener("hashchange", reveal);
  // A second click on the same link changes no hash.
  addEventListener("click", (event) => {
    const link = event.target.closest('a[href^="#"]');
    if (link && link.getAttribute("href") === location.hash) reveal();
  });
  addEventListener("beforeprint", () => {
    for (const table of tables.values()) table.show(Infinity);
    for (const one of document.querySelectorAll("details:not([open])")) {
      one.open = true;
      one.dataset.closed = "yes";
    }
  });
  addEventListener("afterprint", () => {
    for (const table of tables.values()) table.show();
    for (const one of document.querySelectorAll("details[data-closed]")) {
      one.open = false;
      delete one.dataset.closed;
    }
  });
  if (location.hash) reveal();
})();
"""
