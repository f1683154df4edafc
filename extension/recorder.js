// SPDX-License-Identifier: Apache-2.0
// The connection to the recorder on this computer, through the native messaging host. While it is open it also keeps
// this service worker alive. When the recorder is away, tries again: soon at first, then every half minute.

const HOST = "handiwork.recorder";
const VERSION = 3;
const SOONEST = 500; // milliseconds
const LATEST = 15000;
const ALARM = "look for the recorder";

export class Recorder {
  /**
   * `allowed(rules, denied)` is called whenever the recorder says what may be watched, and with [] when it has gone;
   * `asked(question)`, a number, when it wants to know whether the page in front is as it was told.
   */
  constructor(allowed, asked) {
    this.allowed = allowed;
    this.asked = asked;
    this.port = null;
    this.revision = -1;
    this.wait = SOONEST;
    chrome.alarms.create(ALARM, { periodInMinutes: 0.5 }); // wakes this worker, should it have been put to sleep
    chrome.alarms.onAlarm.addListener(() => this.connect());
  }

  connect() {
    if (this.port) return;
    clearTimeout(this.timer);
    this.port = chrome.runtime.connectNative(HOST);
    this.port.onMessage.addListener((message) => this.#heard(message));
    this.port.onDisconnect.addListener(() => this.#lost());
    this.port.postMessage({ kind: "hello", version: VERSION });
  }

  /** Whether a recorder listens now. */
  connected() {
    return this.port !== null && this.revision >= 0;
  }

  /** Sends one message under the recorder's present revision; nothing is kept for later if it is away. */
  send(message) {
    if (this.port && this.revision >= 0) this.port.postMessage(wellFormed({ ...message, revision: this.revision }));
  }

  #heard({ allow, deny, revision, ask }) {
    if (Number.isInteger(ask) && this.connected()) return this.asked(ask);
    const isOrder = isList(allow, isRule) && isList(deny, isText) && Number.isInteger(revision);
    if (!isOrder) return this.#forget();
    this.wait = SOONEST;
    this.revision = revision;
    this.allowed(allow.map((entry, rule) => ({ ...entry, rule })), deny);
  }

  #forget() {
    this.port?.disconnect();
    this.#lost();
  }

  #lost() {
    void chrome.runtime.lastError; // "host has exited" is no error: the recorder isn't running
    this.port = null;
    if (this.revision >= 0) this.allowed([], []);
    this.revision = -1;
    this.timer = setTimeout(() => this.connect(), this.wait);
    this.wait = Math.min(this.wait * 2, LATEST);
  }
}

// A text cut in the middle of an emoji ends in half a character. No text holds such a thing, and the recorder would hang up.
export function wellFormed(message) {
  const told = JSON.stringify(message);
  if (!/\\ud[89a-f]/.test(told)) return message;
  return JSON.parse(told, (_, value) => (typeof value === "string" ? value.toWellFormed() : value));
}

const isText = (value) => typeof value === "string";
const isList = (value, isOne) => Array.isArray(value) && value.every(isOne);
const isRule = (entry) => ["site", "account", "selector", "attribute", "cut", "profile"].every((name) => isText(entry?.[name]));
