// SPDX-License-Identifier: Apache-2.0
// Puts the page script into allowed pages, open ones and coming ones, and into no others. The browser itself holds the
// line: a script is registered for the allowed sites' match patterns only.
import "./content/sites.js";

const { patternsOf, rulesOf } = globalThis.handiwork;

const SCRIPT = "allowed pages";
const FILES = ["sites", "accounts", "geometry", "names", "sensitive", "reach", "visible", "pictures", "beside", "stillness", "scan", "around", "opened", "lists", "acted", "page"].map(
  (name) => `content/${name}.js`,
);

let change = Promise.resolve(); // registrations follow each other; two at once would fail

/** From now on, the page script runs on the rules' sites and nowhere else. */
export const watchSites = (order) => (change = change.then(() => register(order)));

const register = async (order) => {
  const registered = await chrome.scripting.getRegisteredContentScripts();
  if (registered.length) await chrome.scripting.unregisterContentScripts();
  const patterns = [...new Set(order.rules.flatMap(({ site }) => patternsOf(site)))];
  if (!patterns.length) return;
  const excludeMatches = [...new Set(order.denied.flatMap(patternsOf))];
  const options = { matches: patterns, ...(excludeMatches.length && { excludeMatches }), js: FILES, runAt: "document_start", allFrames: false };
  await chrome.scripting.registerContentScripts([{ id: SCRIPT, ...options, persistAcrossSessions: false }]);
  const tabs = await chrome.tabs.query({});
  await Promise.all(tabs.map((tab) => inject(tab.id, order)));
};

/** Into an open page, by its document's id: if the tab moves on in between, nothing runs. */
export const inject = async (tabId, order) => {
  try {
    const frame = await chrome.webNavigation.getFrame({ tabId, frameId: 0 });
    if (!frame?.documentId || !rulesOf(order, frame.url).length) return;
    await chrome.scripting.executeScript({ target: { tabId, documentIds: [frame.documentId] }, files: FILES });
  } catch {
    // The tab closed or moved on meanwhile: there is nothing to watch in it, and a page that comes is registered for.
  }
};
