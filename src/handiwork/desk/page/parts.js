// SPDX-License-Identifier: Apache-2.0
// What the parts of the page share: making nodes, asking the desk, saying numbers and times in words.

export const $ = (id) => document.getElementById(id);

export function make(tag, { class: name, text, ...rest } = {}, ...children) {
  const node = Object.assign(document.createElement(tag), rest);
  if (name) node.className = name;
  if (text !== undefined) node.textContent = text;
  node.append(...children.filter((child) => child !== null && child !== undefined && child !== ""));
  return node;
}

export async function get(path) {
  return read(await fetch(path, { cache: "no-store" }));
}

export async function post(path, body = "") {
  return read(await fetch(path, { method: "POST", headers: { "X-Handiwork": "desk" }, body }));
}

export async function read(answer) {
  const kind = answer.headers.get("content-type") ?? "";
  const said = kind.includes("json") ? await answer.json() : { what: await answer.text(), data: "", do: "" };
  if (!answer.ok) throw Object.assign(new Error(said.what), said);
  return said;
}

export const inWords = (error) => [error.what ?? "The desk does not answer. Is it still running in your terminal?",
  error.data && `Your data: ${error.data}`, error.do && `What to do: ${error.do}`].filter(Boolean).join("\n");
export const count = (n, one, many = `${one}s`) => `${n.toLocaleString()} ${n === 1 ? one : many}`;
export const bytes = (n) => (n < 1024 ? `${n} B` : n < 1048576 ? `${Math.round(n / 1024)} KiB` : `${(n / 1048576).toFixed(1)} MiB`);
export const day = (ms) => new Date(ms).toLocaleDateString(undefined, { weekday: "long", day: "numeric", month: "long" });
export const clock = (ms, seconds) => new Date(ms).toLocaleTimeString(undefined,
  { hour: "2-digit", minute: "2-digit", hourCycle: "h23", ...(seconds && { second: "2-digit" }) });
export const site = (address) => address.replace(/^https?:\/\//, "").replace(/\/$/, "");

export function span(ms) {
  const seconds = Math.round(ms / 1000);
  if (seconds < 100) return `${Math.max(1, seconds)} s`;
  return seconds < 5400 ? `${Math.round(seconds / 60)} min` : `${(seconds / 3600).toFixed(1)} h`;
}

// Marks of what was cut ("<email 1>") are shown as what they are.
export function words(text, name = "words") {
  const node = make("span", { class: name });
  for (const piece of text.split(/(<[a-z][a-z -]*(?: \d+)?>)/)) {
    const mark = /^<(.+)>$/.exec(piece);
    if (mark) node.append(make("span", { class: "cut", text: `${mark[1]} · cut`, title: "Cut before it was written" }));
    else if (piece) node.append(piece);
  }
  return node;
}

export function button(text, name, act) {
  const node = make("button", { class: name, text, type: "button" });
  node.addEventListener("click", async () => {
    node.disabled = true;
    try { await act(); } catch (error) { node.after(make("p", { class: "problem", text: inWords(error) })); }
    node.disabled = false;
  });
  return node;
}
