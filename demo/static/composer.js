// Like in Discord, Enter sends the command once an option is chosen from its list, and one may type on afterwards.
// The page would ask for the option again, or lose the focus.
const form = document.getElementById("channel-composer");
const send = document.getElementById("send-message");
const input = document.getElementById("channel-composer-input");
let composing = false;

export function compose() {
  form.addEventListener("keydown", ({ key, target }) => {
    if (key === "Enter" && target.matches("[role=combobox][aria-activedescendant]")) setTimeout(closeList);
  }, true);
  new MutationObserver(keepFocus).observe(form, { childList: true, subtree: true });
}

function closeList() {
  document.activeElement.dispatchEvent(new KeyboardEvent("keydown", { key: "Escape", bubbles: true }));
  send.focus();
}

function keepFocus() {
  const before = composing;
  composing = form.querySelector(".command-row") !== null;
  if (document.activeElement !== document.body) return;
  if (composing) send.focus();
  else if (before) input.focus();
}
