/* Built from frontend/src by `make vendor`; edit the sources, not this file. */
(() => {
  // src/desk.js
  async function bring(place) {
    place.setAttribute("aria-busy", "true");
    try {
      const answer = await fetch(place.dataset.partFrom, { credentials: "same-origin" });
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const part = answer.ok && !answer.redirected && page.querySelector("[data-part]");
      if (part) {
        place.replaceChildren(...part.childNodes);
      }
    } catch {
    } finally {
      place.removeAttribute("aria-busy");
    }
  }
  for (const place of document.querySelectorAll("[data-part-from]")) {
    bring(place);
  }
})();
