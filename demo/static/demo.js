// What SimCord's page lacks for a try-out: channels to go to, a few things to try, and Discord's habits.
const doors = await (await fetch("/demo.json", { cache: "no-store" })).json();

const channels = document.createElement("nav");
channels.id = "demo-channels";
channels.setAttribute("aria-label", "Channels");
for (const door of doors) {
  const link = document.createElement("a");
  link.href = `${door.origin}/${location.hash}`; // the fragment is the key to the page
  link.textContent = `# ${door.name}`;
  if (door.here) link.setAttribute("aria-current", "page");
  channels.append(link);
}

const ideas = document.createElement("section");
ideas.id = "demo-ideas";
ideas.innerHTML = `
  <h2>Try this</h2>
  <ol>
    <li>Type <b>/imagine</b> below, then a few words.</li>
    <li>Become <b>Ben</b> (above, <i>Viewing as</i>) and press <b>Reroll</b> on a picture of Ada’s: anybody may.</li>
    <li>Two pictures are painted at once. Ask for a third: it waits in line, and <b>Cancel</b> is free.</li>
    <li>Become <b>Cleo</b>: a moderator may cancel what others asked for.</li>
    <li>Type <b>/credits</b>. Spend them all, and read how the bot says no: only you see it.</li>
  </ol>`;

document.getElementById("messages-sidebar").prepend(channels, ideas);
document.getElementById("messages-toggle").lastChild.textContent = "Channels";
document.querySelector(".session-menu summary").textContent = "End";
document.title = `#${doors.find((door) => door.here)?.name} · Imagine`;

// Like Discord, let "in 14 seconds" count by itself.
const relative = new Intl.RelativeTimeFormat("en-US", { numeric: "auto" });
const units = [["day", 86400], ["hour", 3600], ["minute", 60], ["second", 1]];
setInterval(() => {
  for (const time of document.querySelectorAll("time.discord-timestamp")) {
    if (/\d{4}|:/.test(time.textContent)) continue; // a date
    const seconds = (Date.parse(time.dateTime) - Date.now()) / 1000;
    const [unit, length] = units.find(([, length]) => Math.abs(seconds) >= length) ?? units.at(-1);
    time.textContent = relative.format(Math.round(seconds / length), unit);
  }
}, 250);

// Like Discord, stay at the end unless the person scrolled up.
const timeline = document.getElementById("channel-timeline");
let following = true;
const leave = () => { following = false; };
const follow = () => {
  const missing = timeline.scrollHeight - timeline.scrollTop - timeline.clientHeight;
  if (missing <= 1) following = true;
  else if (following) timeline.scrollTop += missing;
};
timeline.addEventListener("wheel", (event) => { if (event.deltaY < 0) leave(); }, { passive: true });
timeline.addEventListener("touchmove", leave, { passive: true });
timeline.addEventListener("keydown", (event) => { if (["PageUp", "ArrowUp", "Home"].includes(event.key)) leave(); });
timeline.addEventListener("pointerdown", (event) => { if (event.target === timeline) leave(); });
timeline.addEventListener("scroll", follow, { passive: true });
const resizes = new ResizeObserver(follow);
resizes.observe(timeline);
resizes.observe(document.getElementById("channel-message-list"));
document.getElementById("channel-composer").addEventListener("submit", () => { following = true; follow(); }, true);

// A link to a message leads there, not to the real Discord.
document.addEventListener("click", (event) => {
  const link = event.target.closest('a[href^="https://discord.com/channels/"]');
  if (!link) return;
  event.preventDefault();
  leave();
  timeline.querySelector(`[data-message-id="${link.href.split("/").at(-1)}"]`)?.scrollIntoView({ block: "center" });
}, true);
