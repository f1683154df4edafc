// SPDX-License-Identifier: Apache-2.0
// What an element lies in: its ancestors with role, name and place, innermost first. Asked for what was acted on only.
"use strict";
{
  const handiwork = (globalThis.handiwork ??= {});

  const MOST = 12;
  const ARIA = {
    application: "application", banner: "banner", cell: "cell", gridcell: "cell", columnheader: "cell", rowheader: "cell",
    document: "document", form: "form", search: "form", group: "group", radiogroup: "group", list: "list", feed: "list",
    main: "main", menu: "menu", menubar: "menubar", navigation: "navigation", region: "region", complementary: "region",
    contentinfo: "region", row: "row", table: "table", grid: "table", treegrid: "table", tablist: "tablist",
    tabpanel: "region", toolbar: "toolbar", tooltip: "tooltip", tree: "tree", treeitem: "treeitem",
  };
  const TAGS = {
    nav: "navigation", main: "main", form: "form", search: "form", table: "table", tr: "row", td: "cell", th: "cell",
    ul: "list", ol: "list", menu: "list", fieldset: "group", details: "group", aside: "region", header: "banner",
    footer: "region", iframe: "frame", frame: "frame",
  };

  const first = (element) => (element.getAttribute("role") ?? "").trim().split(/\s+/)[0];

  /** The role of what holds others, or "". A section or an article is a place of its own only if it is named. */
  const containerRole = (element) => {
    const tag = element.localName;
    if (tag === "section" || tag === "article") return element.ariaLabel || element.hasAttribute("aria-labelledby") ? "region" : "";
    return ARIA[first(element)] ?? TAGS[tag] ?? "";
  };

  const caption = (element) =>
    element.localName === "table" ? element.caption?.textContent : element.querySelector?.(":scope > legend")?.textContent;

  const parentOf = (node) => {
    const parent = handiwork.drawnParent(node);
    if (parent) return parent;
    const view = node.ownerDocument?.defaultView;
    return view && view !== window ? view.frameElement : null;
  };

  /** A rectangle of the element's document as [x, y, w, h] in root pixels, cut to the viewport; null if none is left. */
  handiwork.rootBox = (place, element, box = element.getBoundingClientRect()) => {
    let { left, top, right, bottom } = box;
    for (let view = element.ownerDocument.defaultView; view && view !== window; view = view.parent) {
      const frame = view.frameElement;
      if (!frame) return null;
      const around = frame.getBoundingClientRect();
      const style = frame.ownerDocument.defaultView.getComputedStyle(frame);
      const dx = around.left + frame.clientLeft + parseFloat(style.paddingLeft);
      const dy = around.top + frame.clientTop + parseFloat(style.paddingTop);
      [left, right, top, bottom] = [left + dx, right + dx, top + dy, bottom + dy];
    }
    const seen = handiwork.overlap({ left, top, right, bottom }, { left: 0, top: 0, right: innerWidth, bottom: innerHeight });
    return seen && handiwork.toRoot(place, seen);
  };

  /** One element as it is told: without value or label, and without a parent. */
  handiwork.described = (place, element, role) => {
    const bounds = handiwork.rootBox(place, element);
    if (!bounds) return null;
    const name = handiwork.nameOf(element, role) || handiwork.normal(caption(element)).slice(0, 400);
    return [role, name, "", bounds, handiwork.statesOf(element, role, null), -1, "", []];
  };

  /** What a node lies in. Parts that are wholly out of view, and mere structure, are left out. */
  handiwork.ancestryOf = (place, node) => {
    const found = [];
    for (let at = node && parentOf(node); at && found.length < MOST; at = parentOf(at)) {
      if (at.localName === "body" || at.localName === "html") continue;
      const role = handiwork.roleOf(at) || containerRole(at);
      const told = role && handiwork.described(place, at, role);
      if (told) found.push(told);
    }
    return found;
  };
}
