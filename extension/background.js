// SPDX-License-Identifier: Apache-2.0
// The service worker: joins the recorder, the pages and the browser's own news of tabs, windows and navigations.
// Nothing is stored, here or anywhere: when the recorder goes, all of it is forgotten.
import { Recorder } from "./recorder.js";
import { Shown, WINDOW_TYPES } from "./shown.js";
import { watchSites } from "./watch.js";

const shown = new Shown((message) => recorder.send(message));
const recorder = new Recorder(async (sites) => {
  shown.allow(sites);
  await watchSites(sites);
});

chrome.runtime.onConnect.addListener((port) => shown.connect(port));

const isTop = (details) => details.frameId === 0 && details.documentLifecycle !== "prerender";
const onNavigation = (details) => {
  if (isTop(details)) shown.navigated(details.tabId, details.timeStamp);
};
for (const event of [
  "onBeforeNavigate",
  "onCommitted",
  "onErrorOccurred",
  "onHistoryStateUpdated",
  "onReferenceFragmentUpdated",
])
  chrome.webNavigation[event].addListener(onNavigation);

chrome.tabs.onActivated.addListener(() => shown.switched());
chrome.tabs.onReplaced.addListener(() => shown.switched());
chrome.windows.onFocusChanged.addListener(() => shown.switched(), { windowTypes: WINDOW_TYPES });
chrome.windows.onBoundsChanged.addListener((window) => {
  if (window.id === shown.windowId) shown.turn(Date.now());
});
chrome.tabs.onRemoved.addListener((tabId) => shown.navigated(tabId, Date.now()));
chrome.tabs.onZoomChange.addListener(({ tabId }) => shown.zoomed(tabId));

// A listener for start-up makes the browser start this worker with itself; what it then does stands below.
chrome.runtime.onStartup.addListener(() => recorder.connect());
chrome.runtime.onInstalled.addListener(() => recorder.connect());
watchSites([]); // whatever an earlier worker of this session registered
recorder.connect();
