// Look-ups by name: letters open them, and leaving one takes the marked answer, if it answers what was typed.
import { expectAnswers, leave } from "./awaited.js";
import { focus, next } from "./fields.js";

const $ = (...args) => window.django.jQuery(...args); // which is there once the page is
let open = null; // the look-up that is open: its field, and what the answers that it shows were asked for

const typed = () => {
  const box = document.querySelector(".select2-container--open .select2-search__field");
  return box ? box.value.trim() : "";
};

function opened(event) {
  const field = event.target;
  const here = { field, select: $(field).data("select2"), answered: null };
  open = here;
  if (!here.select.heard) {
    here.select.heard = true;
    here.select.on("results:all", ({ query }) => {
      if (open && open.field === field) open.answered = ((query && query.term) || "").trim();
    });
  }
  const box = document.querySelector(".select2-container--open .select2-search__field");
  if (!box) return;
  box.dir = "auto";
  if (document.activeElement !== box) box.focus();
}

/**
 * Takes the marked answer of the look-up that is open, if something was typed into it, and goes on with `then`. It waits for
 * nothing: an answer that is still on its way is taken when it comes. Where nothing answers it stays open.
 */
export function settle(then) {
  const here = open;
  if (!here) return then();
  const term = typed();
  const late = term && here.answered !== term;
  if (term && !late) {
    // What was typed stays to be corrected; Escape leaves it.
    if (!document.querySelector(".select2-container--open .select2-results__option--highlighted")) return;
    here.select.trigger("results:select", {});
  }
  if (open === here) here.select.close();
  if (late) leave(here.field, term);
  then(here.field);
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
  if (event.key === "Tab" && !event.shiftKey && typed()) {
    event.preventDefault();
    event.stopImmediatePropagation();
    settle((field) => {
      const after = next(field);
      if (after) focus(after);
    });
  } else if (event.key === "Enter" && typed() && open.answered !== typed()) {
    event.preventDefault();
    event.stopImmediatePropagation();
    settle(() => {});
  }
}

/**
 * Makes the look-ups of the page now: the admin makes them some time after the page is there, when somebody may be writing
 * already, and would then make them anew.
 */
function makeOnce() {
  const jQuery = window.django.jQuery;
  const plainly = jQuery.fn.djangoAdminSelect2;
  if (!plainly) return;
  // As wide as its field by the style sheet, whatever is measured; to measure each lays the whole page out anew.
  jQuery.fn.select2.defaults.set("width", "100%");
  jQuery.fn.djangoAdminSelect2 = function () {
    plainly.call(this.not(".select2-hidden-accessible"));
    return this;
  };
  $(".admin-autocomplete").not("[name*=__prefix__]").djangoAdminSelect2();
}

/** Makes all look-ups of the page quick, those of rows to come among them. */
export function quicken() {
  makeOnce();
  expectAnswers();
  $(document).on("select2:open", opened);
  $(document).on("select2:close", () => {
    open = null;
  });
  document.addEventListener("keydown", pressed, true);
}
