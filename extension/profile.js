// SPDX-License-Identifier: Apache-2.0
// The label of this browser profile: given by whoever manages the browser, else chosen by its person on the options page.
// It is compared here and never told to anyone. The one thing that the extension stores.

const LONGEST = 40;

const clean = (label) => (typeof label === "string" ? label.trim().slice(0, LONGEST) : "");

/** {label, managed}: "" if the profile has none. What a manager says stands above what the person chose. */
export const readProfile = async () => {
  const managed = await chrome.storage.managed.get("profile").catch(() => ({}));
  if (clean(managed.profile)) return { label: clean(managed.profile), managed: true };
  const { profile } = await chrome.storage.local.get("profile");
  return { label: clean(profile), managed: false };
};

/** Keeps the label that the person chose. */
export const chooseProfile = (label) => chrome.storage.local.set({ profile: clean(label) });

/** Calls `changed()` whenever either label changes. */
export const onProfileChange = (changed) => chrome.storage.onChanged.addListener(changed);
