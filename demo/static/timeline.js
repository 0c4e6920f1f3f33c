// Discord's habits: the end stays in sight, times count by themselves, links to messages lead to them.
const timeline = document.getElementById("channel-timeline");
const relative = new Intl.RelativeTimeFormat("en-US", { numeric: "auto" });
const units = [["day", 86400], ["hour", 3600], ["minute", 60], ["second", 1]];
let following = true;

export function follow() {
  timeline.addEventListener("wheel", (event) => { if (event.deltaY < 0) leave(); }, { passive: true });
  timeline.addEventListener("touchmove", leave, { passive: true });
  timeline.addEventListener("keydown", ({ key }) => { if (["PageUp", "ArrowUp", "Home"].includes(key)) leave(); });
  timeline.addEventListener("pointerdown", (event) => { if (event.target === timeline) leave(); });
  timeline.addEventListener("scroll", toTheEnd, { passive: true });
  const resizes = new ResizeObserver(toTheEnd);
  resizes.observe(timeline);
  resizes.observe(document.getElementById("channel-message-list"));
  document.getElementById("channel-composer").addEventListener("submit", () => { following = true; toTheEnd(); }, true);
  document.addEventListener("click", followLink, true);
  setInterval(count, 250);
}

// Unless the person scrolled up.
function toTheEnd() {
  const missing = timeline.scrollHeight - timeline.scrollTop - timeline.clientHeight;
  if (missing <= 1) following = true;
  else if (following) timeline.scrollTop += missing;
}

function leave() {
  following = false;
}

function followLink(event) {
  const link = event.target.closest('a[href^="https://discord.com/channels/"]');
  if (!link) return;
  event.preventDefault(); // the real Discord knows nothing of it
  leave();
  timeline.querySelector(`[data-message-id="${link.href.split("/").at(-1)}"]`)?.scrollIntoView({ block: "center" });
}

function count() {
  for (const time of document.querySelectorAll("time.discord-timestamp")) {
    if (/\d{4}|:/.test(time.textContent)) continue; // a date
    const seconds = (Date.parse(time.dateTime) - Date.now()) / 1000;
    const [unit, length] = units.find(([, length]) => Math.abs(seconds) >= length) ?? units.at(-1);
    time.textContent = relative.format(Math.round(seconds / length), unit);
  }
}
