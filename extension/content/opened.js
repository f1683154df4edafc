// SPDX-License-Identifier: Apache-2.0
// What has come up over the page since the last look: menus, lists, dialogs and tooltips, known by role, <dialog>,
// popover, or by what a button says that it has opened. What is drawn by the browser itself (a <select>'s list, a title's
// tooltip) is a window of its own, and the window system tells of it.
"use strict";
{
  const handiwork = (globalThis.handiwork ??= {});

  const MOST = 5; // in one look
  const KINDS = { menu: "menu", listbox: "list", dialog: "dialog", alertdialog: "dialog", tooltip: "tooltip" };
  const HAS = { true: "menu", menu: "menu", listbox: "list", tree: "list", grid: "list", dialog: "dialog" };
  const ROLES = { menu: "menu", list: "listbox", dialog: "dialog", tooltip: "tooltip" };
  const SELECTOR =
    "[role=menu],[role=listbox],[role=dialog],[role=alertdialog],[role=tooltip],dialog[open],[popover]," +
    "[aria-expanded=true][aria-haspopup]";
  const OPAQUE = { checkVisibilityCSS: true, visibilityProperty: true, opacityProperty: true, checkOpacity: true };

  /** What an element stands for: the thing itself and its kind, or null. */
  const popup = (element) => {
    const kind = KINDS[element.getAttribute("role")];
    if (kind) return { element, kind };
    if (element.localName === "dialog") return { element, kind: "dialog" };
    if (element.hasAttribute("popover"))
      return element.matches(":popover-open") ? { element, kind: element.popover === "hint" ? "tooltip" : "dialog" } : null;
    const owned = element.getAttribute("aria-controls") ?? element.getAttribute("aria-owns");
    const target = owned && element.getRootNode().getElementById?.(owned.trim().split(/\s+/)[0]);
    const opened = HAS[element.getAttribute("aria-haspopup")];
    return target && opened ? { element: target, kind: KINDS[target.getAttribute("role")] ?? opened } : null;
  };

  handiwork.Openings = class {
    #shown = null; // what was up at the last look; null before the first one
    #url = "";

    /** [{what, element}] of what has come up. What a page shows from its beginning has not been opened. */
    news(place, roots) {
      const now = new Map();
      for (const root of roots)
        for (const found of root.querySelectorAll(SELECTOR)) {
          const up = popup(found);
          if (up && !now.has(up.element) && up.element.checkVisibility(OPAQUE)) now.set(up.element, up.kind);
        }
      const before = this.#url === location.href ? this.#shown : null;
      [this.#shown, this.#url] = [new Set(now.keys()), location.href];
      if (!before) return [];
      const fresh = [...now].filter(([element]) => !before.has(element)).slice(0, MOST);
      return fresh.map(([element, what]) => this.#told(place, element, what)).filter(Boolean);
    }

    forget() {
      this.#shown = null;
    }

    #told(place, element, what) {
      const told = handiwork.described(place, element, ROLES[what]);
      if (!told) {
        this.#shown.delete(element); // not in view yet: it may still be sliding in
        return null;
      }
      if (!told[1] && what === "tooltip") told[1] = handiwork.normal(element.textContent).slice(0, 400);
      return { what, element: told };
    }
  };
}
