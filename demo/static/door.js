// Every request of the page passes here: the first one says what the page shows, and none fails without words.
import { clear, notice } from "./notice.js";

const ask = window.fetch;
let away = false;
let leaving = false;
addEventListener("beforeunload", () => { leaving = true; });

if (!location.hash) notice("This address is not whole: what follows # is its key. Copy all that <code>make demo</code> printed.");

window.fetch = async (path, options) => {
  const opening = path === "/api/pages";
  let answer;
  try {
    answer = await ask(opening ? path + location.search : path, options);
  } catch (error) {
    if (error.name !== "AbortError" && !leaving) gone();
    throw error;
  }
  if (answer.status === 502) gone();
  else if (answer.status === 401) notice("This page belongs to an earlier try-out. Open the address that <code>make demo</code> printed last, whole.");
  else if (answer.status === 410) location.reload(); // it slept so long that it was forgotten
  else if (opening && !answer.ok) notice("The page could not be opened. Close other tabs of it, and reload.");
  else if (away) back();
  return answer;
};

function gone() {
  away = true;
  notice("The try-out has ended or does not answer. <code>make demo</code> starts it again, at another address.");
}

function back() {
  away = false;
  clear();
}

// What the page says about itself is for developers, but for one thing.
const status = document.getElementById("action-status");
new MutationObserver(() => {
  if (away) return;
  if (status.textContent === "Action was not completed.") {
    notice("That did not go through. The message may have changed just then: look again.", 6000);
  }
  if (/session (closed|ended)/.test(status.textContent)) {
    notice("The try-out has ended. <code>make demo</code> starts it again.");
  }
}).observe(status, { childList: true, characterData: true, subtree: true });
