// Like in Discord, Enter sends the command once an option is chosen from its list, and one may type on afterwards.
// The page would ask for the option again, or lose the focus.
const form = document.getElementById("channel-composer");
const send = document.getElementById("send-message");
const input = document.getElementById("channel-composer-input");
let composing = false;
let moved = false;

export function compose() {
  form.addEventListener("keydown", (event) => {
    if (event.key === "Enter") enter(event.target);
    moved = event.key.startsWith("Arrow");
  }, true);
  form.addEventListener("focusin", ({ target }) => suggest(target));
  new MutationObserver(keepFocus).observe(form, { childList: true, subtree: true });
}

function enter(target) {
  // A command that needs no option shows those it could have: Enter takes one only where the person went to it.
  if (target.matches(".command-chip") && !moved) escape(target);
  else if (target.matches("[role=combobox][aria-activedescendant]")) setTimeout(closeList);
}

function closeList() {
  escape(document.activeElement);
  send.focus();
}

function escape(target) {
  target.dispatchEvent(new KeyboardEvent("keydown", { key: "Escape", bubbles: true }));
}

// The page asks the bot what it suggests only once something is typed.
function suggest(target) {
  const heading = form.querySelector(".command-popup-heading")?.textContent ?? "";
  if (heading.startsWith("OPTIONS MATCHING") && target.matches(".command-option-input") && !target.value) {
    target.dispatchEvent(new Event("input", { bubbles: true }));
  }
}

function keepFocus() {
  const before = composing;
  composing = form.querySelector(".command-row") !== null;
  if (document.activeElement !== document.body) return;
  if (composing) send.focus();
  else if (before) input.focus();
}
