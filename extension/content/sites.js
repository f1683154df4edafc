// SPDX-License-Identifier: Apache-2.0
// Site patterns: scheme://host[:port]/path-prefix. Shared by the service worker (imported) and the pages (injected),
// hence a classic script that leaves its functions on `globalThis.handiwork`. Must agree with rules/site.py.
"use strict";
{
  const handiwork = (globalThis.handiwork ??= {});

  const DEFAULT_PORTS = { "http:": "80", "https:": "443" };

  /** The parts of a site pattern, or null if it isn't one; what is no pattern matches nothing. */
  const parse = (site) => {
    let url;
    try {
      url = new URL(site);
    } catch {
      return null;
    }
    const odd = url.username || url.password || url.search || url.hash || site.includes("*");
    if (odd || !(url.protocol in DEFAULT_PORTS)) return null;
    return { origin: url.origin, prefix: url.pathname.replace(/\/+$/, "") };
  };

  /** Whether the address has the pattern's very origin and lies at or below its path. */
  handiwork.matches = (site, address) => {
    const wanted = parse(site);
    if (!wanted || !address) return false;
    let url;
    try {
      url = new URL(address);
    } catch {
      return false;
    }
    if (url.origin !== wanted.origin || url.username || url.password) return false;
    if (/%2e|%5c/i.test(url.pathname)) return false;
    return url.pathname === wanted.prefix || url.pathname.startsWith(wanted.prefix + "/");
  };

  /** The rules whose site the address matches, none if a denied site is matched. Accounts are judged in the page. */
  handiwork.rulesOf = ({ rules, denied }, address) =>
    denied.some((site) => handiwork.matches(site, address)) ? [] : rules.filter(({ site }) => handiwork.matches(site, address));

  /** Chromium's match patterns for a site. The port is always named: without one they would match every port. */
  handiwork.patternsOf = (site) => {
    const wanted = parse(site);
    if (!wanted) return [];
    const url = new URL(wanted.origin);
    const base = `${url.protocol}//${url.hostname}:${url.port || DEFAULT_PORTS[url.protocol]}${wanted.prefix}`;
    return wanted.prefix ? [base, `${base}?*`, `${base}/*`] : [`${base}/*`];
  };
}
