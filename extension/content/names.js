// SPDX-License-Identifier: Apache-2.0
// What an element is: its role, accessible name, label, states, value and hints. A small part of the ARIA name
// computation, enough for what people see and press. Never reads the value of a protected field.
"use strict";
{
  const handiwork = (globalThis.handiwork ??= {});

  const NAME_LIMIT = 400;
  const VALUE_LIMIT = 4000;

  const ARIA_ROLES = {
    button: "button", link: "link", textbox: "textbox", searchbox: "textbox", checkbox: "checkbox", switch: "checkbox",
    radio: "radio", combobox: "combobox", listbox: "listbox", option: "option", tab: "tab", menuitem: "menuitem",
    menuitemcheckbox: "menuitem", menuitemradio: "menuitem", slider: "slider", spinbutton: "spinbutton",
    heading: "heading", dialog: "dialog", alertdialog: "dialog", img: "image",
  };
  const INPUT_ROLES = {
    button: "button", submit: "button", reset: "button", image: "button", file: "button", color: "button",
    checkbox: "checkbox", radio: "radio", range: "slider", number: "spinbutton", hidden: "",
  };
  const TAG_ROLES = {
    button: "button", summary: "button", textarea: "textbox", dialog: "dialog", option: "option",
    img: "image", canvas: "image", video: "image", svg: "image", object: "image", embed: "image",
    h1: "heading", h2: "heading", h3: "heading", h4: "heading", h5: "heading", h6: "heading",
  };
  const NAMED_BY_CONTENT = new Set(["button", "link", "option", "tab", "menuitem", "heading", "checkbox", "radio"]);
  const BUTTON_INPUTS = new Set(["button", "submit", "reset"]);
  const SECRET_COMPLETION = /(^|\s)(current-password|new-password|one-time-code|cc-\S+)(\s|$)/;

  const wasPassword = new WeakSet(); // "show password" turns the type to text; what it holds is still a password

  handiwork.normal = (text) => (text ?? "").replace(/\s+/g, " ").trim();
  const tagOf = (element) => element.localName;
  const isField = (element) => ["input", "textarea", "select"].includes(tagOf(element));

  const inputRole = (element) => {
    const type = element.type;
    if (type in INPUT_ROLES) return INPUT_ROLES[type];
    return element.list ? "combobox" : "textbox";
  };

  const nativeRole = (element) => {
    const tag = tagOf(element);
    if (tag === "input") return inputRole(element);
    if (tag === "a") return element.hasAttribute("href") ? "link" : "";
    if (tag === "select") return element.multiple || element.size > 1 ? "listbox" : "combobox";
    if (TAG_ROLES[tag]) return TAG_ROLES[tag];
    return element.isContentEditable && !element.parentElement?.isContentEditable ? "textbox" : "";
  };

  /** The role, or "" for what is only structure. A field keeps its native role, whatever the page calls it. */
  handiwork.roleOf = (element) => {
    const native = nativeRole(element);
    const given = ARIA_ROLES[(element.getAttribute("role") ?? "").trim().split(/\s+/)[0]];
    return isField(element) && element.type === "password" ? native : given || native;
  };

  /** Whether what the field holds must never be read: passwords, one-time codes, payment cards. */
  handiwork.isProtected = (element) => {
    if (tagOf(element) !== "input" && tagOf(element) !== "textarea") return false;
    if (element.type === "password") wasPassword.add(element);
    if (wasPassword.has(element)) return true;
    if (SECRET_COMPLETION.test((element.getAttribute("autocomplete") ?? "").toLowerCase())) return true;
    const masking = getComputedStyle(element).getPropertyValue("-webkit-text-security");
    return Boolean(masking) && masking !== "none";
  };

  const textOf = (element) => handiwork.normal(element.innerText ?? element.textContent);
  const textOfIds = (element, ids) =>
    handiwork.normal(
      ids.split(/\s+/).map((id) => element.getRootNode().getElementById?.(id)).filter(Boolean).map(textOf).join(" "),
    );

  /** The text of a label without that of the fields in it: a list in a label would give all of its options. */
  const wordsOf = (label) => {
    const parts = [];
    const walker = label.ownerDocument.createTreeWalker(label, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT, (node) =>
      node.nodeType === Node.ELEMENT_NODE && (isField(node) || node.localName === "button" || !node.checkVisibility())
        ? NodeFilter.FILTER_REJECT
        : NodeFilter.FILTER_ACCEPT,
    );
    while (walker.nextNode()) if (walker.currentNode.nodeType === Node.TEXT_NODE) parts.push(walker.currentNode.data);
    return handiwork.normal(parts.join(" "));
  };

  /** The text of the labels that belong to a field. */
  handiwork.labelOf = (element) => {
    const labels = element.labels ? [...element.labels].map(wordsOf) : [];
    return handiwork.normal(labels.join(" ")).slice(0, NAME_LIMIT);
  };

  const ownName = (element, role) => {
    if (tagOf(element) === "input" && BUTTON_INPUTS.has(element.type)) return element.value || element.type;
    if (isField(element)) return handiwork.labelOf(element) || element.placeholder || element.alt || "";
    if (role === "image") return element.getAttribute("alt") ?? element.querySelector?.("title")?.textContent ?? "";
    return NAMED_BY_CONTENT.has(role) ? textOf(element) || pictureName(element) : "";
  };
  const pictureName = (element) => element.querySelector("img[alt]")?.alt ?? "";

  /** The accessible name. Longer ones are cut; the text that was cut is then reported as text of its own. */
  handiwork.nameOf = (element, role) => {
    const pointed = element.getAttribute("aria-labelledby");
    const name =
      (pointed && textOfIds(element, pointed)) ||
      element.getAttribute("aria-label") ||
      ownName(element, role) ||
      element.getAttribute("title");
    return handiwork.normal(name).slice(0, NAME_LIMIT);
  };

  const isChecked = (element) => element.checked === true || element.getAttribute("aria-checked") === "true";
  const isSelected = (element) =>
    (tagOf(element) === "option" && element.selected) || element.getAttribute("aria-selected") === "true";
  const isDisabled = (element) => element.matches(":disabled") || element.getAttribute("aria-disabled") === "true";
  const isEditable = (element, role) =>
    (role === "textbox" || role === "spinbutton" || (role === "combobox" && tagOf(element) === "input")) &&
    !element.readOnly && !isDisabled(element);
  const isExpanded = (element) =>
    element.getAttribute("aria-expanded") === "true" ||
    (tagOf(element) === "summary" && Boolean(element.parentElement?.open));

  /** The states that hold, from a closed list. */
  handiwork.statesOf = (element, role, focused) => {
    const held = {
      checked: isChecked(element),
      selected: isSelected(element),
      disabled: isDisabled(element),
      expanded: isExpanded(element),
      focused: element === focused,
      editable: isEditable(element, role),
      required: element.required === true || element.getAttribute("aria-required") === "true",
      readonly: element.readOnly === true || element.getAttribute("aria-readonly") === "true",
      protected: handiwork.isProtected(element) || handiwork.isTooLong(element),
    };
    return Object.keys(held).filter((state) => held[state]);
  };

  const rawValue = (element) => {
    const tag = tagOf(element);
    if (tag === "select") return [...element.selectedOptions].map((option) => handiwork.normal(option.label)).join(", ");
    if (tag === "textarea") return element.value;
    if (tag === "input") return BUTTON_INPUTS.has(element.type) || isTick(element) ? "" : element.value;
    if (element.isContentEditable) return element.innerText;
    return element.getAttribute("aria-valuetext") ?? element.getAttribute("aria-valuenow") ?? "";
  };
  const isTick = (element) => element.type === "checkbox" || element.type === "radio";

  /** Whether a value is too long to be judged whole; such a field counts as protected, and nothing of it is sent. */
  handiwork.isTooLong = (element) => !handiwork.isProtected(element) && rawValue(element).length > VALUE_LIMIT;

  /** What a field holds now; "" for protected ones, whose value is not even read. */
  handiwork.valueOf = (element) => {
    if (handiwork.isProtected(element)) return "";
    const value = rawValue(element);
    return value.length > VALUE_LIMIT ? "" : value;
  };

  /** Input type, autocomplete, DOM name and id: for the redactor, never kept. */
  handiwork.hintsOf = (element) => {
    if (!isField(element)) return [];
    const found = [element.type, element.getAttribute("autocomplete"), element.name, element.id];
    return found.filter(Boolean).map((hint) => String(hint).slice(0, 100));
  };
}
