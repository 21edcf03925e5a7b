// The tabs of a form and what lies in them.

const PANE = "[x-show^=activeTab]";

/** The tabs of the page, those in the menu of a narrow screen among them. */
export const tabs = () => [...document.querySelectorAll("#tabs-items > a, #tabs-dropdown > a")];

/**
 * Opens the tab in which `element` lies. The skin draws it some frames later, and what is typed until then
 * would go astray: so it can be written in at once.
 */
export function reveal(element) {
  const pane = element.closest(PANE);
  if (!pane) return;
  const shown = pane.getAttribute("x-show");
  const tab = tabs().find((one) => shown.includes(`'${one.hash.slice(1)}'`));
  if (!tab) return;
  tab.click();
  for (const one of document.querySelectorAll(PANE)) {
    if (one.getAttribute("x-show") === shown) one.style.removeProperty("display");
    else one.style.setProperty("display", "none");
  }
}
