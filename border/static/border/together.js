// Whoever gives a field a value means it to be set: its tick follows. Without this file one ticks by hand.
"use strict";

document.addEventListener("DOMContentLoaded", () => {
  const ticked = (event) => {
    const row = event.target.closest("[data-together]");
    const tick = row?.querySelector(".border-together__tick input");
    if (tick && event.target !== tick) {
      tick.checked = true;
    }
  };
  document.querySelector(".border-together")?.addEventListener("change", ticked);
  // Look-ups tell jQuery only.
  window.django?.jQuery(".border-together").on("select2:select", ticked);
});
