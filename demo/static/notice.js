// One line of words over the page, for what would otherwise look like nothing happening.
const box = document.createElement("div");
box.id = "demo-notice";
box.setAttribute("role", "alert");
box.hidden = true;
document.body.append(box);
let timer;

export function notice(html, milliseconds) {
  clearTimeout(timer);
  box.innerHTML = html;
  box.hidden = false;
  if (milliseconds) timer = setTimeout(clear, milliseconds);
}

export function clear() {
  box.hidden = true;
}
