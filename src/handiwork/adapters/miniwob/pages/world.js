// SPDX-License-Identifier: Apache-2.0
// Lets the world's server start an episode in this page and ask how it went, and lets the scripted person see.
// It never acts: no click, key or value comes from here.
"use strict";
(() => {
  const style = document.createElement("style");
  // The judge's own marks are not part of the task, and neither recorder nor agent should see them.
  style.textContent =
    "#reward-display, #click-canvas, #sync-task-cover { display: none !important; } body { background: #fff; }";
  document.head.append(style);

  const page = Math.random().toString(36).slice(2) + performance.now().toString(36);

  const drawn = () => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));

  function start(seed) {
    if (document.activeElement) document.activeElement.blur();
    if (window.ownTask) return window.ownTask.start(seed);
    core.endEpisode(0);
    Math.seedrandom(seed);
    core.EPISODE_MAX_TIME = 600000;
    core.startEpisodeReal();
  }

  function state() {
    if (window.ownTask) return window.ownTask.state();
    return { done: WOB_DONE_GLOBAL, reward: Number(WOB_RAW_REWARD_GLOBAL), goal: core.getUtterance() };
  }

  const KINDS = { checkbox: "checkbox", radio: "radio", password: "password", submit: "button", button: "button" };

  function kind(element) {
    if (element.tagName === "BUTTON") return "button";
    if (element.tagName === "SELECT") return "list";
    if (element.tagName === "INPUT") return KINDS[element.type] || "textbox";
    return element.tagName === "TEXTAREA" ? "textbox" : "link";
  }

  function name(element) {
    const label = element.labels && element.labels[0];
    return (label || element).textContent.replace(/\s+/g, " ").trim() || element.title || element.placeholder || "";
  }

  function seen(element) {
    const box = element.getBoundingClientRect();
    if (box.width === 0 || box.height === 0 || getComputedStyle(element).visibility === "hidden") return null;
    const options = element.tagName === "SELECT" ? Array.from(element.options) : [];
    return {
      kind: kind(element), name: name(element), value: String(element.value || ""), checked: element.checked === true,
      x: window.screenX + (window.outerWidth - window.innerWidth) / 2 + box.left,
      y: window.screenY + window.outerHeight - window.innerHeight + box.top,
      w: box.width, h: box.height,
      options: options.map((option) => option.text), selected: options.length ? element.selectedIndex : -1,
    };
  }

  function look() {
    return Array.from(document.querySelectorAll("button, input, select, textarea, a, .alink")).map(seen).filter(Boolean);
  }

  async function obey(order) {
    if (order.do === "go") return void (location.href = order.url);
    if (order.do === "start") start(order.seed);
    if (order.do === "start") await drawn();
    const answer = order.do === "look" ? look() : state();
    await fetch(`/world/said?serial=${order.serial}`, { method: "POST", body: JSON.stringify(answer) });
  }

  async function listen() {
    const here = encodeURIComponent(location.origin + location.pathname);
    for (;;) {
      const reply = await fetch(`/world/next?page=${page}&url=${here}`);
      const order = await reply.json();
      if (order) await obey(order);
      if (order && order.do === "go") return;
    }
  }

  // After the page's own load handler, which prepares its first problem.
  window.addEventListener("load", () => drawn().then(listen).catch(() => undefined));
})();
