// SPDX-License-Identifier: Apache-2.0
// Whether the account that is signed in on this page is the one that a rule means. The name is read here, compared here
// and forgotten here: only yes or no leaves the page. Must agree with rules/accounts.py.
"use strict";
{
  const handiwork = (globalThis.handiwork ??= {});

  const normal = (text) => (text ?? "").split(/\s+/).filter(Boolean).join(" ").toLowerCase();

  /** Whether the account of that name is meant: by its whole name, or everyone of a domain as *@work.example.org. */
  handiwork.accountFits = (pattern, name) => {
    const [wanted, found] = [normal(pattern), normal(name)];
    if (!wanted || !found) return false;
    if (!wanted.startsWith("*@")) return wanted === found;
    const at = found.indexOf("@");
    return at > 0 && found.slice(at + 1) === wanted.slice(2) && !found.slice(0, at).includes(" ");
  };

  const nameIn = (element, { attribute, cut }) => {
    const text = attribute ? element.getAttribute(attribute) : element.textContent;
    return normal(cut ? (new RegExp(cut).exec(text ?? "")?.[1] ?? "") : text);
  };

  const find = ({ selector }) => {
    try {
      return [...document.querySelectorAll(selector)];
    } catch {
      return []; // a selector that is none: the account stays unknown, and the page unseen
    }
  };

  /** What a rule's account was read from, kept between two looks so that a change shows at once. */
  handiwork.Account = class {
    #elements = [];
    #rule = null;
    #name = "";

    /** Reads anew. A rule without an account fits whoever is signed in; an account told in two ways is unknown. */
    fits(rule) {
      this.forget();
      if (!rule.account) return true;
      const elements = find(rule);
      const names = new Set(elements.map((element) => nameIn(element, rule)));
      if (names.size !== 1 || !handiwork.accountFits(rule.account, [...names][0])) return false;
      [this.#elements, this.#rule, this.#name] = [elements, rule, [...names][0]];
      return true;
    }

    /** Whether what was read last still stands there: costs next to nothing, so it is asked at every change. */
    stands() {
      return this.#elements.every((element) => element.isConnected && nameIn(element, this.#rule) === this.#name);
    }

    forget() {
      [this.#elements, this.#rule, this.#name] = [[], null, ""];
    }
  };
}
