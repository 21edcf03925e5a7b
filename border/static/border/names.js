// The queue of names by the keyboard. Keys of one letter work only while a row, or a button of the name, has the cursor.
// Without this file each row has its buttons and links all the same.
"use strict";

document.addEventListener("DOMContentLoaded", () => {
  const rows = [...document.querySelectorAll("[data-names] [data-name]")];
  const writes = (target) => target.matches("input:not([type=checkbox]), textarea, select, .select2-container *");

  const go = (row) => {
    if (!row) return;
    rows.forEach((one) => one.setAttribute("tabindex", one === row ? "0" : "-1"));
    row.focus();
  };

  const openLookUp = () => {
    const field = document.querySelector("[data-look-up] select");
    if (field) window.django.jQuery(field).select2("open");
    return Boolean(field);
  };

  /** Whether a key press was one of ours. */
  const pressed = (event, place) => {
    const at = rows.indexOf(place);
    const click = (selector) => {
      const button = place.querySelector(selector);
      if (button) button.click();
      return Boolean(button);
    };
    if (/^[0-9]$/.test(event.key)) return click(`[data-key="${event.key}"]`);
    if (at < 0) {
      if (event.key === "/") return openLookUp();
      const next = event.key.toLowerCase() === "n" && document.querySelector("[data-next]");
      if (next) next.click();
      return Boolean(next);
    }
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      go(rows[at + (event.key === "ArrowDown" ? 1 : -1)]);
      return true;
    }
    if (event.key === "Enter" && event.target === place) {
      window.location.assign(place.dataset.address);
      return true;
    }
    return event.key.toLowerCase() === "x" && click("[name=chosen]");
  };

  document.addEventListener("keydown", (event) => {
    const place = event.target.closest("[data-name]");
    if (!place || event.ctrlKey || event.altKey || event.metaKey || event.isComposing || writes(event.target)) return;
    if (pressed(event, place)) event.preventDefault();
  });

  /** The box of a look-up that takes several has no name of its own. */
  const nameBoxes = () => {
    for (const box of document.querySelectorAll(".select2-search--inline .select2-search__field")) {
      const field = box.closest(".select2-container").previousElementSibling;
      const label = field && document.querySelector(`label[for="${field.id}"]`);
      if (label) box.setAttribute("aria-label", label.textContent.trim());
    }
  };
  nameBoxes();
  window.addEventListener("load", nameBoxes);

  for (const told of document.querySelectorAll("[data-names-keys]")) told.hidden = false;
  rows.forEach((row, at) => row.setAttribute("tabindex", at ? "-1" : "0"));
  // After a decision the cursor is at the next name.
  const next = window.location.hash === "#names" ? rows[0] : document.getElementById(window.location.hash.slice(1));
  if (rows.includes(next)) go(next);
  if (!rows.length && document.referrer.includes("/imports/names/")) {
    document.querySelector("[data-name] [data-key]")?.focus();
  }
});
