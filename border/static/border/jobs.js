/* Built from frontend/src by `make vendor`; edit the sources, not this file. */
(() => {
  // src/jobs.js
  var PAUSE = 2e3;
  async function fetched() {
    const answer = await fetch(location.href, { credentials: "same-origin" });
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    return answer.ok && !answer.redirected ? page.querySelector("[data-job]") : null;
  }
  function update(place2, fresh) {
    for (const part of place2.querySelectorAll("[data-part]")) {
      const now = fresh.querySelector(`[data-part="${part.dataset.part}"]`);
      if (now && now.innerHTML !== part.innerHTML) {
        part.replaceChildren(...now.childNodes);
      }
    }
    place2.dataset.job = fresh.dataset.job;
  }
  function end(place2) {
    for (const step of document.querySelectorAll("[data-while-open]")) {
      const focused = step.contains(document.activeElement);
      step.remove();
      if (focused) {
        place2.focus();
      }
    }
  }
  async function follow(place2) {
    while (place2.dataset.job === "open") {
      await new Promise((resolve) => setTimeout(resolve, PAUSE));
      if (document.hidden) {
        continue;
      }
      try {
        const fresh = await fetched();
        if (!fresh) {
          return;
        }
        update(place2, fresh);
      } catch {
      }
    }
    end(place2);
  }
  var place = document.querySelector("[data-job]");
  if (place) {
    follow(place);
  }
})();
