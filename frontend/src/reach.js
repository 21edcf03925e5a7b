// What the admin's skin leaves to the mouse and to the eye, given to the keyboard and to screen readers.
// Without JavaScript none of these controls does anything, so nothing is lost here.

// What opens and shuts at a click, and what to call it where it shows only a picture.
const OPENERS = {
  sidebarDesktopOpen: "Sidebar",
  sidebarMobileOpen: "Sidebar",
  openUserLinks: "Account",
  openTheme: "Colour scheme",
  adminTheme: "Colour scheme",
  switchTheme: "Colour scheme",
  openTabsDropdown: "More tabs",
  openRelatedWidgetWrapper: "More about this choice",
  openActionsId: "More actions",
  showPassword: "Show the password",
  filterOpen: "Filters",
  showActions: "More actions",
};
const CLICKED = "[x-on\\:click]:not(button, a[href], input, select, summary, [role], #changelist-filter-close)";

function opened(element) {
  return Object.keys(OPENERS).find((name) => element.getAttribute("x-on:click")?.includes(name));
}

function words(element) {
  const copy = element.cloneNode(true);
  for (const picture of copy.querySelectorAll(".material-symbols-outlined")) {
    picture.remove();
  }
  return copy.textContent.trim();
}

// A span that acts like a button becomes one.
function makeButton(element) {
  const opens = opened(element);
  if (!opens) {
    return;
  }
  element.setAttribute("role", "button");
  element.tabIndex = 0;
  if (element.matches(".material-symbols-outlined") || !words(element)) {
    element.setAttribute("aria-label", OPENERS[opens]);
  }
  element.addEventListener("keydown", (event) => {
    if (event.target === element && (event.key === "Enter" || event.key === " ")) {
      event.preventDefault();
      element.click();
    }
  });
}

// The pictures are letters of a font: their names are not to be read out. A link or button that has nothing else says what its title says.
function hush(picture) {
  if (picture.getAttribute("role") === "button") {
    return;
  }
  picture.setAttribute("aria-hidden", "true");
  const control = picture.closest("a, button, [role=button]");
  if (control && !control.hasAttribute("aria-label") && !words(control)) {
    const home = document.querySelector("#site-name a");
    const name =
      control.title ||
      OPENERS[opened(control)] ||
      (control.href && control.href === home?.href && words(home)) ||
      (control.type === "submit" && "Search");
    if (name) {
      control.setAttribute("aria-label", name);
    }
  }
}

// A look-up is called what its field is called.
function nameLookup(box) {
  const field = box.parentElement.previousElementSibling?.closest("select") ?? box.closest(".select2")?.previousElementSibling;
  const label = field?.id && document.querySelector(`label[for="${CSS.escape(field.id)}"]`);
  const name = label ? words(label).replace(/\*$/, "") : field?.getAttribute("aria-label");
  const shown = box.querySelector(".select2-selection__rendered");
  if (!name || !shown) {
    return;
  }
  box.removeAttribute("aria-labelledby");
  box.setAttribute("aria-label", `${name}: ${shown.title || shown.textContent.trim() || "nothing chosen"}`);
  shown.removeAttribute("role");
  shown.removeAttribute("aria-readonly");
}

// In a row of a table an input is called what its column is called.
function nameCell(field) {
  if (field.labels?.length || field.hasAttribute("aria-label")) {
    return;
  }
  const cell = field.closest("td");
  const head = cell.dataset.label || cell.closest("table").querySelectorAll("thead th")[cell.cellIndex]?.textContent;
  if (head?.trim()) {
    field.setAttribute("aria-label", head.trim());
  }
}

// The skin shows the filters some frames after the click.
function enterFilters(frames) {
  const fields = document.querySelectorAll("#changelist-filter :is(input, select, button, a[href], [role=combobox])");
  const first = [...fields].find((field) => field.tabIndex >= 0 && field.offsetParent);
  if (first) {
    first.focus();
  } else if (frames) {
    requestAnimationFrame(() => enterFilters(frames - 1));
  }
}

function reach(within) {
  within.querySelectorAll(CLICKED).forEach(makeButton);
  within.querySelectorAll(".material-symbols-outlined:not([aria-hidden])").forEach(hush);
  within.querySelectorAll("[data-inline-type=tabular] td :is(select, textarea, input:not([type=hidden]))").forEach(nameCell);
  within.querySelectorAll(".select2-selection").forEach(nameLookup);
  within.querySelectorAll("span.help-tooltip[aria-label]").forEach((hint) => hint.setAttribute("role", "img"));
}

document.addEventListener("DOMContentLoaded", () => {
  let waiting = false;
  const again = () => {
    waiting = false;
    reach(document.body);
  };
  reach(document.body);
  // Rows are added, look-ups are made and chosen from, the skin's own script draws menus.
  new MutationObserver(() => {
    if (!waiting) {
      waiting = true;
      requestAnimationFrame(again);
    }
  }).observe(document.body, { childList: true, subtree: true });
  // Who opens the filters goes on inside them.
  document.addEventListener("click", (event) => {
    if (event.target.closest?.('[x-on\\:click="filterOpen = true"]')) {
      enterFilters(10);
    }
  });
});
