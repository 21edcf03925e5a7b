// The page of a job: its parts are fetched anew as long as the job is not over, and only what changed is put in place, so
// that nothing is read out twice. Where that fails, the page stays as it was; reloading it always tells.

const PAUSE = 2000;

async function fetched() {
  const answer = await fetch(location.href, { credentials: "same-origin" });
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  return answer.ok && !answer.redirected ? page.querySelector("[data-job]") : null;
}

function update(place, fresh) {
  for (const part of place.querySelectorAll("[data-part]")) {
    const now = fresh.querySelector(`[data-part="${part.dataset.part}"]`);
    if (now && now.innerHTML !== part.innerHTML) {
      part.replaceChildren(...now.childNodes);
    }
  }
  place.dataset.job = fresh.dataset.job;
}

function end(place) {
  for (const step of document.querySelectorAll("[data-while-open]")) {
    const focused = step.contains(document.activeElement);
    step.remove();
    if (focused) {
      place.focus();
    }
  }
}

async function follow(place) {
  while (place.dataset.job === "open") {
    await new Promise((resolve) => setTimeout(resolve, PAUSE));
    if (document.hidden) {
      continue;
    }
    try {
      const fresh = await fetched();
      if (!fresh) {
        return;
      }
      update(place, fresh);
    } catch {
      // Offline for a moment: the next round may succeed.
    }
  }
  end(place);
}

const place = document.querySelector("[data-job]");
if (place) {
  follow(place);
}
