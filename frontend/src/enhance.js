/**
 * Calls `enhance` once for every element that matches `selector`, now and whenever
 * the admin adds a row to an inline form. The hidden pattern row (`__prefix__`) is left alone.
 */
export function each(selector, enhance) {
  const seen = new WeakSet();
  const sweep = (root) => {
    for (const element of root.querySelectorAll(selector)) {
      if (seen.has(element) || (element.name || "").includes("__prefix__")) continue;
      seen.add(element);
      enhance(element);
    }
  };
  const start = () => {
    sweep(document);
    document.addEventListener("formset:added", (event) => sweep(event.target));
  };
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", start);
  else start();
}

/** A new element with a class, attributes and children; text is always text, never markup. */
export function make(tag, className, attributes = {}, ...children) {
  const element = document.createElement(tag);
  if (className) element.className = className;
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...children);
  return element;
}
