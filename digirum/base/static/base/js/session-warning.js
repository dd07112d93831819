// Warns two minutes before a time limit and lets the person go on with one press. A limit that nobody may extend
// (a shared computer's total) is only told.
const limits = document.querySelector("[data-session-limits]");
const pattern = document.querySelector("template[data-session-warning]");
const WARN = 2 * 60 * 1000;
const now = () => Date.now();
let shown = null;

function deadlines() {
  const { sessionEnds, sessionIdle } = limits.dataset;
  return {
    total: Date.parse(sessionEnds) || Infinity, // no moment, or one that cannot be read: no warning
    idle: sessionIdle ? touched + Number(sessionIdle) * 1000 : Infinity,
  };
}

async function goOn() {
  const answer = await fetch(limits.dataset.sessionExtend || window.location.href, { credentials: "same-origin" });
  if (!answer.ok) return;
  touched = now();
  shown?.remove();
  shown = null;
}

function show(extendable) {
  shown = pattern.content.firstElementChild.cloneNode(true);
  const button = shown.querySelector("[data-extend]");
  if (extendable) button.addEventListener("click", goOn);
  else button.remove();
  document.body.append(shown);
}

function tick() {
  const { total, idle } = deadlines();
  const left = Math.min(total, idle) - now();
  if (left > WARN) return;
  if (left <= 0) {
    window.location.reload();
    return;
  }
  if (!shown) show(idle < total);
  const seconds = Math.ceil(left / 1000);
  shown.querySelector("[data-left]").textContent = `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
}

let touched = now();
if (limits && pattern) {
  window.setInterval(tick, 1000);
}
