// SPDX-License-Identifier: Apache-2.0
// The service worker: joins the recorder, the pages and the browser's own news of tabs, windows and navigations.
// Nothing of pages is stored, here or anywhere: when the recorder goes, all of it is forgotten.
import { onProfileChange, readProfile } from "./profile.js";
import { Recorder } from "./recorder.js";
import { Shown, WINDOW_TYPES } from "./shown.js";
import { watchSites } from "./watch.js";

const shown = new Shown((message) => recorder.send(message));
const NOTHING = { rules: [], denied: [] };
const IS_FIREFOX = !chrome.windows.onBoundsChanged;
const MEASURED_AGAIN = 500; // milliseconds
let order = NOTHING; // what the recorder allows
let profile = ""; // this browser profile's label, as far as it is known

/** Rules for another browser profile are left out here, so that their sites aren't even looked at. */
const apply = () => {
  const rules = order.rules.filter((rule) => !rule.profile || rule.profile === profile);
  const fitting = { rules, denied: order.denied };
  shown.allow(fitting); // in the same turn in which the order came: nothing is told under its number by an older list
  return watchSites(fitting);
};
const obey = (rules, denied) => {
  order = { rules, denied };
  apply();
};
const recorder = new Recorder(obey, (question) => shown.ask(question));
const learnProfile = async () => {
  const { label } = await readProfile();
  if (label === profile) return;
  profile = label;
  apply();
};
onProfileChange(learnProfile);
learnProfile();

// Only the extension's own options page may ask, and it only sees what is so.
chrome.runtime.onMessage.addListener((question, sender, answer) => {
  if (sender.id !== chrome.runtime.id || sender.url !== chrome.runtime.getURL("options/options.html")) return false;
  if (question?.ask !== "state") return false;
  const rules = order.rules.map(({ site, account, profile }) => ({ site, account, profile }));
  answer({ connected: recorder.connected(), rules, denied: order.denied, front: shown.front() });
  return false;
});
chrome.action.onClicked.addListener(() => chrome.runtime.openOptionsPage());

chrome.runtime.onConnect.addListener((port) => shown.connect(port));

const isTop = (details) => details.frameId === 0 && details.documentLifecycle !== "prerender";
const onNavigation = (details) => {
  if (isTop(details)) shown.navigated(details.tabId, details.timeStamp);
};
// Firefox doesn't tell which tabs are on their way to another page: heard before the listeners below act on the same news.
if (IS_FIREFOX) {
  chrome.webNavigation.onBeforeNavigate.addListener((details) => isTop(details) && shown.moving.add(details.tabId));
  for (const event of ["onCommitted", "onErrorOccurred"])
    chrome.webNavigation[event].addListener((details) => isTop(details) && shown.moving.delete(details.tabId));
}
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
chrome.windows.onFocusChanged.addListener(() => shown.switched(), ...(IS_FIREFOX ? [] : [{ windowTypes: WINDOW_TYPES }]));
if (IS_FIREFOX) setInterval(() => shown.measureAgain(), MEASURED_AGAIN); // it tells of no window that moves
else
  chrome.windows.onBoundsChanged.addListener((window) => {
    if (window.id === shown.windowId) shown.turn(Date.now());
  });
chrome.tabs.onRemoved.addListener((tabId) => {
  shown.moving.delete(tabId);
  shown.navigated(tabId, Date.now());
});
chrome.tabs.onZoomChange.addListener(({ tabId }) => shown.zoomed(tabId));

// A listener for start-up makes the browser start this worker with itself; what it then does stands below.
chrome.runtime.onStartup.addListener(() => recorder.connect());
chrome.runtime.onInstalled.addListener(() => recorder.connect());
watchSites(NOTHING); // whatever an earlier worker of this session registered
recorder.connect();
