// SPDX-License-Identifier: Apache-2.0
// The connection to the recorder on this computer, through the native messaging host. While it is open it also keeps
// this service worker alive. When the recorder is away, tries again: soon at first, then every half minute.

const HOST = "handiwork.recorder";
const VERSION = 1;
const SOONEST = 500; // milliseconds
const LATEST = 15000;
const ALARM = "look for the recorder";

export class Recorder {
  /** `allowed(sites)` is called whenever the recorder says what may be watched, and with [] when it has gone. */
  constructor(allowed) {
    this.allowed = allowed;
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

  /** Sends one message under the recorder's present revision; nothing is kept for later if it is away. */
  send(message) {
    if (this.port && this.revision >= 0) this.port.postMessage({ ...message, revision: this.revision });
  }

  #heard({ allow, revision }) {
    const isOrder = Array.isArray(allow) && allow.every((site) => typeof site === "string") && Number.isInteger(revision);
    if (!isOrder) return this.#forget();
    this.wait = SOONEST;
    this.revision = revision;
    this.allowed(allow);
  }

  #forget() {
    this.port?.disconnect();
    this.#lost();
  }

  #lost() {
    void chrome.runtime.lastError; // "host has exited" is no error: the recorder isn't running
    this.port = null;
    if (this.revision >= 0) this.allowed([]);
    this.revision = -1;
    this.timer = setTimeout(() => this.connect(), this.wait);
    this.wait = Math.min(this.wait * 2, LATEST);
  }
}
