// The side: channels to go to, people to be, and a few things to try.
const address = new URL(location.href);

export async function side() {
  const facts = await (await fetch("/demo/facts.json", { cache: "no-store" })).json();
  const here = facts.channels.find(({ name }) => name === address.searchParams.get("channel")) ?? facts.channels[0];
  const bar = document.getElementById("messages-sidebar");
  bar.prepend(channels(facts, here), ideas(facts), truth(facts));
  document.getElementById("messages-toggle").lastChild.textContent = "Channels";
  document.querySelector(".session-menu summary").textContent = "End";
  document.getElementById("close").textContent = "End the try-out";
  document.querySelector(".preview-brand strong").textContent = "Try-out";
  document.querySelector(".preview-brand small").textContent = "Discord is simulated";
  document.querySelector(".brand-mark").textContent = "🖌";
  document.title = `#${here.name} · Imagine`;
  people(facts);
}

// Whoever was chosen stays chosen, in the other channel and after a reload.
function people(facts) {
  const picker = document.getElementById("viewer-picker");
  picker.setAttribute("aria-label", "You are");
  picker.parentElement.firstChild.textContent = "You are ";
  picker.addEventListener("change", () => {
    address.searchParams.set("as", facts.people[picker.value]);
    history.replaceState(null, "", address);
    for (const link of document.querySelectorAll("#demo-channels a")) link.href = to(link.dataset.channel);
  });
}

function channels(facts, here) {
  const list = document.createElement("nav");
  list.id = "demo-channels";
  list.setAttribute("aria-label", "Channels");
  for (const channel of facts.channels) {
    const link = document.createElement("a");
    link.dataset.channel = channel.name;
    link.href = to(channel.name);
    link.textContent = `# ${channel.name}`;
    if (channel.restricted) link.append(Object.assign(document.createElement("small"), { textContent: "age-restricted" }));
    if (channel === here) link.setAttribute("aria-current", "page");
    list.append(link);
  }
  return list;
}

function to(channel) {
  const there = new URL(address); // the fragment is the key to the page
  there.searchParams.set("channel", channel);
  return there.href;
}

function ideas(facts) {
  const section = document.createElement("section");
  section.id = "demo-ideas";
  const failure = facts.live ? "" : `
    <li>A failure costs nothing: <button type="button">Let the next picture fail</button>, ask for one, and press
      <b>Try again</b>.</li>`;
  section.innerHTML = `
    <h2>Try this</h2>
    <ol>
      <li>Type <b>/imagine</b> below, then a few words.</li>
      <li>Become <b>Ben</b> (above, <i>You are</i>) and press <b>Reroll</b> on a picture of Ada’s: anybody may.</li>
      <li>Press <b>Remix</b> and change a word. <b>More</b> has variations, edits and favourites, <b>/history</b> finds
        it all again.</li>
      <li>Ask for three at once: two are painted, the third waits. <b>Cancel</b> is free while it waits, and says what
        it costs later.</li>
      <li>Become <b>Cleo</b>: a moderator may cancel what others asked for.</li>
      <li>Add <b>safety_tolerance 6</b>, here and in <b># after-dark</b>.</li>${failure}
      <li>Become <b>Cleo</b> and type <b>/credits-admin set</b>: Ada, amount 2. Become <b>Ada</b>, and read
        <b>/credits</b> and what she is told at the end of her cap.</li>
      <li>As <b>Cleo</b>, set the role <b>Painters</b>, which Ben has, to 3: what concerns many asks first. Then
        <b>/credits-admin history</b> and <b>export</b>. Ada and Ben are not even offered these.</li>
      <li>As <b>Cleo</b>, type <b>/settings</b>: go to <b>Pause</b>, choose yes, ask for a picture as <b>Ada</b>, and
        press <b>Undo</b> as <b>Cleo</b>. <b>Records</b> has it all, <b>/stats</b> draws what was made.</li>
      <li>Type <b>/credits</b>. Spend them all, and read how the bot says no: only you see it.</li>
    </ol>`;
  section.querySelector("button")?.addEventListener("click", failNext);
  return section;
}

async function failNext({ target }) {
  const answer = await fetch("/demo/fail", {
    method: "POST", headers: { "X-Simcord-Capability": location.hash.slice(1) },
  });
  if (!answer.ok) return;
  target.textContent = "The next picture will fail";
  setTimeout(() => { target.textContent = "Let the next picture fail"; }, 5000);
}

function truth(facts) {
  const section = document.createElement("section");
  section.id = "demo-truth";
  section.innerHTML = facts.live
    ? "<p>The bot is real, and so is 1min.ai: the account of your key pays for each picture.</p>"
    : `<p>The bot is real. A stand-in paints, and it knows landscapes only: sea, forest, desert, snow, stars and the
       like. Flux 2 Pro paints what you describe.</p>`;
  return section;
}
