// What is to be in focus is: browsers pass over `autofocus` where they are busy, or were at another field before.
"use strict";

document.addEventListener("DOMContentLoaded", () => {
  const first = document.querySelector("input[autofocus]");
  if (first) {
    first.focus();
    if (first.readOnly) first.select();
  }
});
