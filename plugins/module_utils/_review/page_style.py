# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The page's CSS: on a screen, on a phone, in the dark, and on paper."""

from __future__ import annotations

STYLE = r"""
:root {
  --ink: #1d1f23; --quiet: #565b63; --paper: #fff; --shade: #f4f5f7; --line: #d5d8dd; --link: #0b5394; --bar: #2f6690;
  --rest: #e4e7eb; --alert: #8f1d14;
}
@media (prefers-color-scheme: dark) {
  :root {
    --ink: #e6e7ea; --quiet: #a9aeb7; --paper: #17191d; --shade: #22252b; --line: #3c414a; --link: #8ec5f4;
    --bar: #7fb2d9; --rest: #30343c; --alert: #ffaaa2;
  }
}
* { box-sizing: border-box; }
html { scroll-behavior: auto; }
body {
  margin: 0; color: var(--ink); background: var(--paper); overflow-wrap: anywhere;
  font: 1rem/1.5 system-ui, -apple-system, "Segoe UI", "Noto Sans", sans-serif;
}
main, nav.accounts { max-width: 80rem; margin: 0 auto; padding: 1rem clamp(1rem, 4vw, 3rem); }
main:focus { outline: none; }
h1, h2, h3 {
  font-family: Charter, "Iowan Old Style", Georgia, "Noto Serif", serif; line-height: 1.2;
  font-weight: 600;
}
h1 { font-size: 2rem; margin: 1.5rem 0 .75rem; }
h2 { font-size: 1.5rem; margin: 3rem 0 .75rem; padding-top: .75rem; border-top: 1px solid var(--line); }
h3 { font-size: 1.2rem; margin: 2rem 0 .5rem; }
p { max-width: 46rem; margin: .5rem 0; }
small, .private, .decisions p, .found span { color: var(--quiet); font-size: .875em; }
a { color: var(--link); }
a, th, td, li, summary, output, option { unicode-bidi: isolate; }
a:focus-visible, button:focus-visible, input:focus-visible, select:focus-visible, summary:focus-visible,
tr:focus-visible {
  outline: 3px solid var(--link); outline-offset: 2px;
}
tr:target > * { background: var(--shade); }
[hidden] { display: none !important; }
.skip { position: absolute; left: -100rem; background: var(--paper); padding: .5rem 1rem; z-index: 1; }
.skip:focus { left: 1rem; top: 1rem; }
.warning { color: var(--alert); font-weight: 600; }
.private { border-left: 3px solid var(--line); padding-left: .75rem; }
ul.parts { display: flex; flex-wrap: wrap; gap: .25rem 1.25rem; list-style: none; margin: 1rem 0 0; padding: 0; }

.decisions { border-bottom: 1px solid var(--line); }
.decisions > * { border-top: 1px solid var(--line); margin: 0; padding: .5rem 0; max-width: none; }
.decisions b {
  display: inline-block; min-width: 3.5rem; padding-right: .75rem; text-align: right;
  font-size: 1.25rem; font-variant-numeric: tabular-nums;
}
.decisions > p { padding-left: 1rem; font-size: 1rem; }
.decisions > p b { font-weight: 400; }
.decisions summary { cursor: pointer; }
.decisions details p { margin: .25rem 0 .5rem 4.875rem; }
.found { columns: 24rem auto; column-gap: 2rem; margin: 0 0 .5rem 4.875rem; padding: 0; list-style: none; }
.found li { break-inside: avoid; padding: .1rem 0; }

.pictures { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 28rem), 1fr)); gap: 2rem 3rem; }
.picture { min-width: 0; }
.bars { width: 100%; table-layout: fixed; border-collapse: collapse; font-size: .9375rem; }
.bars thead { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
.bars th { width: 38%; text-align: left; font-weight: 400; }
.bars th, .bars td { padding: .2rem .75rem .2rem 0; vertical-align: middle; }
.bars tbody td:last-child { width: 30%; padding-right: 0; font-variant-numeric: tabular-nums; }
.bars svg { display: block; width: 100%; height: .875rem; }
.rest { fill: var(--rest); }
.part { fill: var(--bar); }

caption { text-align: left; font-weight: 600; padding: .25rem 0 .5rem; }
.facts, .answers {
  width: 100%; border-collapse: collapse; table-layout: fixed; font-size: .9375rem;
  margin-bottom: 1rem;
}
.facts th, .facts td, .answers th, .answers td {
  text-align: left; vertical-align: top; padding: .4rem .75rem .4rem 0;
  border-bottom: 1px solid var(--line);
}
.facts thead th, .answers thead th { border-bottom: 2px solid var(--ink); vertical-align: bottom; }
.facts tbody th, .answers tbody th { font-weight: 600; }
.facts small { display: block; font-weight: 400; }
.facts ul { margin: 0; padding: 0; list-style: none; }
.facts li + li { margin-top: .15rem; }
.facts thead button {
  font: inherit; font-weight: 600; color: inherit; background: none; border: 0; padding: 0;
  text-align: left; cursor: pointer;
}
.facts thead button::after { content: " \2195"; color: var(--quiet); }
.facts [aria-sort="ascending"] button::after { content: " \2191"; }
.facts [aria-sort="descending"] button::after { content: " \2193"; }
.people th:nth-child(1) { width: 17%; } .people th:nth-child(2) { width: 7%; }
.people th:nth-child(3) { width: 11%; } .people th:nth-child(4) { width: 29%; }
.people th:nth-child(5) { width: 11%; } .people th:nth-child(6) { width: 13%; }
.departments th:nth-child(1) { width: 18%; } .departments th:nth-child(2) { width: 13%; }
.departments th:nth-child(3) { width: 34%; } .departments th:nth-child(4) { width: 27%; }
.policies th:nth-child(1) { width: 28%; } .policies th:nth-child(2) { width: 16%; }
.policies th:nth-child(3) { width: 24%; }
.filter { display: flex; flex-wrap: wrap; align-items: baseline; gap: .5rem 1rem; margin: .5rem 0; }
.filter output { color: var(--quiet); font-variant-numeric: tabular-nums; }
input, select, button { font: inherit; color: inherit; }
.filter input, select {
  background: var(--paper); border: 1px solid var(--quiet); border-radius: 3px;
  padding: .3rem .5rem; min-width: min(20rem, 100%);
}
.more, .save button {
  background: var(--shade); border: 1px solid var(--quiet); border-radius: 3px;
  padding: .4rem .9rem; cursor: pointer;
}
.short tbody tr:not(.in) { display: none; }

.sheet { border-top: 1px solid var(--line); }
.answers th:nth-child(1) { width: 22%; } .answers th:nth-child(2) { width: 11%; }
.answers th:nth-child(3) { width: 13%; }
.answers th:nth-child(n+5), .answers td:nth-child(n+5) { width: 10%; text-align: center; padding-right: 0; }
.answers small { display: block; font-weight: 400; }
.answers input { width: 1.15rem; height: 1.15rem; }
.sign { display: flex; flex-wrap: wrap; gap: 1rem 2rem; max-width: none; margin-top: 1.5rem; align-items: baseline; }
.sign input { border: 0; border-bottom: 1px solid var(--ink); background: none; width: 14rem; max-width: 100%; }
.sign .date { width: 9rem; }
.sign span { flex: 1 1 14rem; border-bottom: 1px solid var(--ink); }

@media screen and (max-width: 48rem) {
  h1 { font-size: 1.5rem; }
  .found, .decisions details p { margin-left: 0; }
  .decisions b { min-width: 2.25rem; }
  .facts, .answers, .facts tbody, .answers tbody { display: block; }
  .facts caption, .answers caption { display: block; }
  .facts thead, .facts thead tr { display: flex; flex-wrap: wrap; gap: .25rem 1rem; }
  .facts thead th { border: 0; padding: 0; width: auto !important; }
  .answers thead { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
  .facts tbody tr, .answers tbody tr {
    display: block; border-bottom: 1px solid var(--line); padding: .5rem 0;
  }
  .facts tbody th, .facts tbody td, .answers tbody th, .answers tbody td {
    display: block; width: auto !important; border: 0; padding: .1rem 0; text-align: left !important;
  }
  .facts td:empty, .answers td:empty { display: none; }
  .facts td::before, .answers td::before { color: var(--quiet); font-size: .875rem; margin-right: .5rem; }
  .people td:nth-child(2)::before { content: "Id"; } .people td:nth-child(5)::before { content: "Console"; }
  .people td:nth-child(6)::before { content: "Access keys"; }
  .people td:nth-child(7)::before { content: "Last sign-in"; }
  .departments td:nth-child(3)::before { content: "People"; }
  .departments td:nth-child(4)::before { content: "Policies"; }
  .departments td:nth-child(5)::before { content: "MFA"; } .policies td:nth-child(3)::before { content: "Held by"; }
  .policies td:nth-child(4)::before { content: "Reached by"; } .changes td:nth-child(3)::before { content: "Moved"; }
  .changes td:nth-child(4)::before { content: "Gained"; } .changes td:nth-child(5)::before { content: "Lost"; }
  .answers td:nth-child(3)::before { content: "Last seen"; } .answers td:nth-child(4)::before { content: "Also"; }
  .answers td:nth-child(5)::before { content: "Keep"; } .answers td:nth-child(6)::before { content: "Remove"; }
  .answers td:nth-child(n+5) { display: inline-block; margin-right: 2rem; }
}

@media print {
  :root {
    --ink: #000; --quiet: #444; --paper: #fff; --shade: #fff; --line: #999; --link: #000;
    --bar: #555; --rest: #ddd; --alert: #000;
  }
  @page {
    margin: 15mm 12mm 18mm;
    @bottom-right { content: counter(page) " of " counter(pages); font: 9pt sans-serif; }
  }
  body { font-size: 9.5pt; }
  .found { columns: 2; }
  main { max-width: none; padding: 0; }
  h1 { margin-top: 0; }
  h2, h3 { break-after: avoid; }
  a { text-decoration: none; }
  nav, .skip, .filter, .more, .save { display: none !important; }
  .facts, .answers, .bars { font-size: 8.5pt; }
  /* A button in a head that is repeated on each page would not be printed. */
  .facts thead button { display: contents; }
  .facts thead button::after { content: ""; }
  thead { display: table-header-group; }
  tr, .picture, .sign { break-inside: avoid; }
  details::details-content { content-visibility: visible; display: block; block-size: auto; }
  .rest, .part { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
  .new-page, .sheet, article + article { break-before: page; }
  .sheet { border-top: 0; }
  .sheet h3 { margin-top: 0; }
  .tick { display: none; }
  .answers input { appearance: none; border: 1px solid #000; background: none; }
  .answers input:checked { background: #000; print-color-adjust: exact; -webkit-print-color-adjust: exact; }
  ::placeholder { color: transparent; }
}
"""
