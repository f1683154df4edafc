// SPDX-License-Identifier: Apache-2.0
// Which parts of a page can be reached: shadow trees (closed ones too) and frames of the same origin within the same
// allowed site. Any other frame stays a picture whose content is unknown.
"use strict";
{
  const handiwork = (globalThis.handiwork ??= {});

  const SHADOW_HOSTS = new Set([
    "article", "aside", "blockquote", "body", "div", "footer", "h1", "h2", "h3", "h4", "h5", "h6", "header", "main",
    "nav", "p", "section", "span",
  ]);

  /** The element's shadow root, closed ones included, or null. */
  handiwork.shadowOf = (element) => {
    if (!SHADOW_HOSTS.has(element.localName) && !element.localName.includes("-")) return null;
    return chrome.dom ? chrome.dom.openOrClosedShadowRoot(element) : element.openOrClosedShadowRoot; // Firefox: the latter
  };

  /** An empty frame on its way to another site counts as that site's: it may be painted before anything tells of it. */
  const isPromisedToAnother = (frame, site) =>
    Boolean(frame.getAttribute("src")) && !/^(about|javascript):/i.test(frame.src) && !handiwork.matches(site, frame.src);

  /** The document in a frame, if it is the page's own origin and below the allowed site; else null. */
  handiwork.documentIn = (frame, site) => {
    const inside = frame.contentDocument; // null for another origin
    if (!inside?.documentElement) return null;
    const address = inside.location?.href ?? "";
    if (address === "about:blank") return isPromisedToAnother(frame, site) ? null : inside;
    return address === "about:srcdoc" || handiwork.matches(site, address) ? inside : null;
  };

  const innerOf = (element, site) =>
    element.localName === "iframe" || element.localName === "frame"
      ? handiwork.documentIn(element, site)
      : handiwork.shadowOf(element);

  const isAlive = (root) => (root.nodeType === Node.DOCUMENT_NODE ? root.defaultView !== null : root.isConnected);

  /** The document, its reachable frames' documents and every shadow root in them: found once, then kept up to date. */
  handiwork.Reach = class {
    /** `met(root)` is called once for each root. */
    constructor(site, met) {
      this.site = site;
      this.met = met;
      this.known = new Set();
      this.add(document);
    }

    /** The roots that are still part of the page. */
    roots() {
      for (const root of this.known) if (!isAlive(root)) this.known.delete(root);
      return [...this.known];
    }

    add(root) {
      if (!root || this.known.has(root)) return;
      this.known.add(root);
      this.met(root);
      this.search(root);
    }

    /** Looks below a node that is new in the page. */
    search(node) {
      if (node.nodeType === Node.ELEMENT_NODE) this.add(innerOf(node, this.site));
      for (const element of node.querySelectorAll?.("*") ?? []) this.add(innerOf(element, this.site));
    }
  };

  /** The parent in the tree that is drawn: through slots and shadow hosts; null at a document's root. */
  handiwork.drawnParent = (node) => {
    const parent = node.assignedSlot ?? node.parentNode;
    if (!parent) return null;
    return parent.nodeType === Node.DOCUMENT_FRAGMENT_NODE ? (parent.host ?? null) : parent.nodeType === 1 ? parent : null;
  };

  /** The children in the tree that is drawn. `shadow` is its shadow root, where the caller has asked already. */
  handiwork.drawnChildren = (element, shadow = handiwork.shadowOf(element)) => {
    if (shadow) return shadow.childNodes;
    if (element.localName === "slot") {
      const given = element.assignedNodes({ flatten: true });
      if (given.length) return given;
    }
    return element.childNodes;
  };

  /** The element that has the keyboard, looked for inside shadow trees and reachable frames. */
  handiwork.focusedIn = (top, site) => {
    let active = top.activeElement;
    while (active) {
      const isFrame = active.localName === "iframe" || active.localName === "frame";
      const inner = isFrame ? handiwork.documentIn(active, site) : handiwork.shadowOf(active);
      if (!inner?.activeElement) return active;
      active = inner.activeElement;
    }
    return null;
  };

  /** Whether the keyboard is in a frame that can't be looked into. */
  handiwork.isForeignFrame = (element, site) =>
    Boolean(element) && ["iframe", "frame", "fencedframe", "object", "embed"].includes(element.localName) &&
    !(element.contentDocument !== undefined && handiwork.documentIn(element, site));
}
