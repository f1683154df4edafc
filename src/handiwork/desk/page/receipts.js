// SPDX-License-Identifier: Apache-2.0
// What the hub has signed: receipts of what was uploaded, and every release of a key, each with the verdict of its check.

import { $, bytes, make } from "/parts.js";

export function showReceipts(view) {
  const verdict = (holds, why) => make("span", { class: `badge ${holds ? "good" : "bad"}`, text: holds ? "✓ holds" : "does not hold", title: why ?? "" });
  $("proofs").replaceChildren(view.receipts.length
    ? table(["Segment", "Size", "Entry in the log", "Check"], [...view.receipts].reverse().map((receipt) =>
      [receipt.segment, bytes(receipt.size), `${receipt.leaf + 1} of ${receipt.log_size}`, verdict(receipt.holds, receipt.why)]))
    : make("p", { class: "empty", text: "Nothing was uploaded from this computer." }));
  $("uses").replaceChildren(view.uses.length
    ? table(["Segment", "For", "Read by", "Approved by", "Check"], [...view.uses].reverse().map((use) =>
      [use.segment, use.purpose, use.code, use.officers.join(" and "), verdict(use.holds)]))
    : make("p", { class: "empty", text: "No key of yours was ever released." }));
  $("foot").textContent = `Handiwork ${view.version}. This page is served by your own computer to itself, and loads nothing from anywhere else.`
    + (view.hub ? ` Hub log: ${view.hub}.` : "");
}

function table(names, rows) {
  const head = make("tr", {}, ...names.map((text) => make("th", { text })));
  const body = rows.map((row) => make("tr", {}, ...row.map((cell, at) => make("td", { class: at ? "" : "id" }, cell))));
  return make("div", { class: "scroll" }, make("table", {}, make("thead", {}, head), make("tbody", {}, ...body)));
}
