// The desk: parts that take long come after the page, each from a page of its own.
// Where that fails, the link to that page stays as it was.

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
    // Offline, or gone to another page meanwhile: the link is still there.
  } finally {
    place.removeAttribute("aria-busy");
  }
}

for (const place of document.querySelectorAll("[data-part-from]")) {
  bring(place);
}
