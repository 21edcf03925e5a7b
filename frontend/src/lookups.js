// Look-ups by name: letters open them, and leaving one takes the marked answer, once it answers what was typed.
import { focus, next } from "./fields.js";

const $ = (...args) => window.django.jQuery(...args); // which is there once the page is
let open = null; // the look-up that is open: its field, whether its answers are those of what is typed, what waits for them

const typed = () => {
  const box = document.querySelector(".select2-container--open .select2-search__field");
  return box ? box.value.trim() : "";
};

function opened(event) {
  const field = event.target;
  const here = { field, select: $(field).data("select2"), answered: null, waiting: null };
  open = here;
  if (!here.select.heard) {
    here.select.heard = true;
    const answer = ({ query }) => {
      if (!open || open.field !== field) return;
      open.answered = ((query && query.term) || "").trim();
      // The answers are put up and marked by those who hear after us.
      if (open.waiting && open.answered === typed()) setTimeout(open.waiting);
    };
    here.select.on("results:all", answer);
  }
  const box = document.querySelector(".select2-container--open .select2-search__field");
  if (!box) return;
  box.dir = "auto";
  if (document.activeElement !== box) box.focus();
}

/**
 * Takes the marked answer of the look-up that is open, if something was typed into it, and then goes on with `then`;
 * answers that are still on their way are waited for, and where there is none it stays. Without an open look-up it goes on at once.
 */
export function settle(then) {
  const here = open;
  if (!here) return then();
  const take = () => {
    if (open !== here) return;
    if (typed()) {
      // Where nothing answers, what was typed stays to be corrected; Escape leaves it.
      if (!document.querySelector(".select2-container--open .select2-results__option--highlighted")) return;
      here.select.trigger("results:select", {});
    }
    if (open === here) here.select.close();
    then(here.field);
  };
  if (typed() && here.answered !== typed()) here.waiting = take;
  else take();
}

const plain = (event) => !event.ctrlKey && !event.altKey && !event.metaKey;

/** The field of the look-up in which `target` is; null elsewhere. */
export function lookedUp(target) {
  if (open) return open.field;
  const box = target.closest(".select2-container");
  return box && box.previousElementSibling && box.previousElementSibling.matches("select") ? box.previousElementSibling : null;
}

/** Whether a key press writes a letter, or begins to where letters are composed of several presses. */
const writes = (event) => plain(event) && event.key !== " " && (event.key.length === 1 || event.key === "Process");

/** Letters on a closed look-up open it; Tab and Enter in an open one take the marked answer. */
function pressed(event) {
  if (event.target.matches(".select2-selection") && writes(event)) {
    const field = lookedUp(event.target);
    if (field) $(field).select2("open");
    return;
  }
  if (!open || !event.target.matches(".select2-search__field") || !plain(event) || event.isComposing) return;
  const waits = typed() && open.answered !== typed();
  if (event.key === "Tab" && !event.shiftKey && typed()) {
    event.preventDefault();
    event.stopImmediatePropagation();
    settle((field) => {
      const after = next(field);
      if (after) focus(after);
    });
  } else if (event.key === "Enter" && waits) {
    event.preventDefault();
    event.stopImmediatePropagation();
    settle(() => {});
  }
}

/** Makes all look-ups of the page quick, those of rows to come among them. */
export function quicken() {
  $(document).on("select2:open", opened);
  $(document).on("select2:close", () => {
    open = null;
  });
  document.addEventListener("keydown", pressed, true);
}
