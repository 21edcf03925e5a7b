// The keys of the queue of pairs. They hold while a pair is in focus, and never while somebody writes.
"use strict";

document.addEventListener("DOMContentLoaded", () => {
  const VERDICTS = { s: "same", d: "different", u: "unsure" };
  const pairs = [...document.querySelectorAll("[data-pair]")];
  const move = (pair, by) => pairs[pairs.indexOf(pair) + by]?.focus();
  document.querySelector(".border-links")?.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey || event.target.closest("input, select, textarea")) {
      return;
    }
    const pair = event.target.closest("[data-pair]");
    if (event.key === "j" || event.key === "k") {
      move(pair, event.key === "j" ? 1 : -1);
    } else if (event.key in VERDICTS) {
      pair.querySelector(`button[value="${VERDICTS[event.key]}"]`)?.click();
    } else {
      return;
    }
    event.preventDefault();
  });
  // Whoever has just judged a pair goes on with the next, which is the first by now.
  if (sessionStorage.getItem("links-judged")) {
    sessionStorage.removeItem("links-judged");
    pairs[0]?.focus();
  }
  document.querySelector(".border-links")?.addEventListener("submit", () => sessionStorage.setItem("links-judged", "1"));
});
