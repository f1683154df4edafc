// SPDX-License-Identifier: Apache-2.0
// What was masked and why, the last leak audit, and the person's own words. Counts and classes; words only when asked for.

import { $, button, clock, count, day, get, inWords, make, post, span } from "/parts.js";

const WHY = {
  content: "Content of your work, where the agreement keeps only the interface's own words.",
  email: "An e-mail address.",
  phone: "A phone number.",
  card: "A payment card's number.",
  iban: "A bank account's number.",
  ssn: "A social security number.",
  "national id": "A national identity number.",
  number: "A long number that could be an account, a customer or a case.",
  address: "A postal address.",
  "date of birth": "A date of birth.",
  person: "A person's name.",
  name: "A capitalised word that is no known word: perhaps somebody's name.",
  secret: "Something that looks or is labelled like a key, a password or a code.",
  password: "What was typed into a password field.",
  token: "An address that carries a token.",
  personal: "A field that asks for something personal.",
  pasted: "Something was pasted here: what, nobody looked at.",
  path: "A folder that names you.",
  user: "A user name.",
  never: "One of the words that must never be kept, yours or your organisation's.",
  file: "A file's name.",
  unsure: "A text that could not be judged, so it was cut whole.",
  "too long": "A text too long to be judged in time, so it was cut whole.",
};
const STREAMS = { text: "typed", notes: "notes", element: "on the page", title: "titles", address: "addresses", pixels: "pictures" };
const stream = (name) => STREAMS[name] ?? name;

let refreshAll = async () => {};
let shown = 0; // a newer view makes an older one stop filling in

export function showMasked(view) {
  shown += 1;
  showAudit(view);
  showWords(view.own_words);
}

// After the cards: each segment is opened once more, and only one at a time is held in memory.
export async function fillMasked(view) {
  const mine = shown;
  const kinds = new Map();
  const strips = [];
  const pixels = { frames: 0, masked: 0 };
  for (const segment of view.segments.filter((one) => one.state === "closed" || one.state === "uploaded")) {
    let told;
    try {
      told = await get(`/api/segments/${segment.id}/masked`);
    } catch {
      continue; // its card says that it can't be opened
    }
    if (mine !== shown) return;
    for (const [of, found] of Object.entries(told.counts)) {
      for (const [kind, n] of Object.entries(found)) {
        const sum = kinds.get(kind) ?? { total: 0, streams: {} };
        sum.total += n;
        sum.streams[of] = (sum.streams[of] ?? 0) + n;
        kinds.set(kind, sum);
      }
    }
    pixels.frames += told.frames;
    pixels.masked += told.frames * told.masked_share;
    if (Object.keys(told.counts).length) strips.push(strip(segment.id, told));
    showKinds(kinds);
    showPixels(pixels);
    $("masked-strips").replaceChildren(...strips.slice(0, 12));
  }
  if (!kinds.size) showKinds(kinds);
  if (!strips.length) $("masked-strips").replaceChildren(make("p", { class: "empty", text: "Nothing was cut in what is kept here." }));
}

function showKinds(kinds) {
  const rows = [...kinds].sort(([, a], [, b]) => b.total - a.total);
  const most = Math.max(1, ...rows.map(([, sum]) => sum.total));
  $("masked-kinds").replaceChildren(...(rows.length ? rows.map(([kind, sum]) => make("li", {},
    make("strong", { text: kind }), make("meter", { min: 0, max: most, value: sum.total }),
    make("span", { class: "count", text: sum.total.toLocaleString() }),
    make("small", { text: WHY[kind] ?? "" }),
    make("small", { class: "streams", text: Object.entries(sum.streams).map(([of, n]) => `${stream(of)} ${n.toLocaleString()}`).join(" · ") })))
    : [make("li", { class: "empty", text: "Nothing was cut in what is kept here." })]));
}

function showPixels({ frames, masked }) {
  $("masked-pixels").hidden = !frames;
  if (!frames) return;
  const share = make("strong", { text: `${Math.round((100 * masked) / frames)} %` });
  $("masked-pixels").replaceChildren(share, ` of the area of ${count(frames, "picture")} is filled in: what was not read and cleared there is not in them.`);
}

const SVG = "http://www.w3.org/2000/svg";

function strip(id, told) {
  const most = Math.max(1, ...Object.values(told.slices).flat());
  const lines = Object.entries(told.slices).map(([of, parts]) => {
    const drawn = document.createElementNS(SVG, "svg");
    drawn.setAttribute("viewBox", `0 0 ${parts.length} 1`);
    drawn.setAttribute("preserveAspectRatio", "none");
    drawn.setAttribute("role", "img");
    const total = parts.reduce((sum, n) => sum + n, 0);
    drawn.setAttribute("aria-label", `${count(total, "cut")} in ${stream(of)}`);
    parts.forEach((n, at) => {
      if (!n) return;
      const box = document.createElementNS(SVG, "rect");
      for (const [name, value] of Object.entries({ x: at, y: 0, width: 1, height: 1, opacity: 0.3 + 0.7 * (n / most) })) box.setAttribute(name, value);
      drawn.append(box);
    });
    const classes = Object.entries(told.counts[of]).map(([kind, n]) => (n > 1 ? `${kind} × ${n}` : kind)).join(", ");
    return make("div", { class: "strip" }, make("span", { class: "stream", text: stream(of) }), drawn, make("span", { class: "kinds", text: classes, title: classes }));
  });
  const when = `${day(told.begun)}, ${clock(told.begun)}`;
  return make("article", { id: `masked-${id}` }, make("h4", {}, when, make("small", { text: ` ${span(told.ended - told.begun)} · detectors ${told.redactor}` })), ...lines);
}

// The leak audit

function showAudit(view) {
  const { audit } = view;
  const leaks = audit.rows.reduce((sum, row) => sum + row.count, 0);
  const verdict = !audit.read ? ["", "Not read again yet"] : leaks ? ["bad", `${count(leaks, "place")} should have been cut`] : ["good", "Nothing found"];
  const when = audit.at && new Date(audit.at).toLocaleString(undefined, { dateStyle: "medium", timeStyle: "short" });
  const facts = [
    audit.read && `${count(audit.read, "stretch", "stretches")} of work read again, last ${when}.`,
    audit.unread && `${count(audit.unread, "stretch", "stretches")} not read again yet.`,
    audit.outdated && `${count(audit.outdated, "stretch", "stretches")} read by older detectors than today's.`,
    audit.older && `${count(audit.older, "stretch", "stretches")} recorded under older detectors than today's.`,
    audit.read && !audit.pictures && "Pictures were not all read: no reader of pictures is installed.",
    audit.read && !audit.names && "Names were looked for by word lists alone: no language model read them all.",
  ].filter(Boolean);
  $("audit").replaceChildren(
    make("div", { class: "title" }, make("h3", { text: "A second look" }), make("span", { class: `badge ${verdict[0]}`, text: verdict[1] })),
    make("p", { class: "soft", text: "Now and then what is kept is read once more, more strictly and only here." }),
    make("ul", { class: "facts" }, ...facts.map((text) => make("li", { text }))),
    leaks ? findings(view, audit.rows) : "",
    audit.running ? make("p", { class: "soft", text: "Reading in the background…" }) : button("Read it all again", "", () => audits(audit.at)),
  );
  if (audit.running) setTimeout(refreshAll, 3_000);
}

function findings(view, rows) {
  const opened = Object.fromEntries(view.segments.map((segment) => [segment.id, segment.opened_at]));
  return make("ul", { class: "findings" }, ...rows.slice(0, 20).map((row) => make("li", {},
    make("span", { class: "cut", text: row.kind }),
    make("span", { text: ` ${row.count > 1 ? `× ${row.count} ` : ""}in ${stream(row.stream)}, ` }),
    make("a", { href: `#masked-${row.segment}`, text: opened[row.segment] ? new Date(opened[row.segment]).toLocaleString(undefined, { dateStyle: "medium", timeStyle: "short" }) : row.segment.slice(0, 8) }))),
    make("li", { class: "soft", text: "See what it is in your terminal: handiwork audit leaks --show. Delete the stretch above if you'd rather not keep it." }));
}

async function audits(before) {
  await post("/api/audit");
  for (let turn = 0; turn < 20; turn += 1) { // it takes a moment to begin
    await new Promise((done) => setTimeout(done, 500));
    const { audit } = await get("/api/overview");
    if (audit.running || audit.at !== before) break;
  }
  await refreshAll();
}

// The person's own words

function showWords(n, listed) {
  $("own-word-problem").hidden = n >= 0;
  if (n < 0) $("own-word-problem").textContent = "Your list can't be read, so nothing is recorded. Begin it anew in your terminal: handiwork redact forget --all";
  $("own-word-list").replaceChildren(n <= 0 ? "" : listed
    ? make("ul", { class: "own" }, ...listed.map((word) => make("li", {}, make("span", { text: word }), button("Forget", "quiet", async () => {
      const left = await post("/api/own-words/forget", word);
      showWords(left.length, left);
    }))))
    : button(`Show ${count(n, "word")}`, "quiet", async () => { const words = await get("/api/own-words"); showWords(words.length, words); }));
}

export function listenToMasked(refresh) {
  refreshAll = refresh;
  $("own-word-form").addEventListener("submit", async (event) => {
    event.preventDefault();
    $("own-word-problem").hidden = true;
    try {
      const words = await post("/api/own-words/add", $("own-word").value);
      $("own-word").value = "";
      showWords(words.length);
    } catch (error) {
      $("own-word-problem").textContent = inWords(error);
      $("own-word-problem").hidden = false;
    }
  });
}
