// Reads a part of the page with the browser's own voice. A button shows itself only when a voice speaks its text's language.
const synth = window.speechSynthesis;
const buttons = document.querySelectorAll("[data-read-aloud]");
const BLOCKS = "h1, h2, h3, h4, p, li, dt, dd, th, td, legend, label, figcaption, summary";
let speaking = null;

const language = (element) => (element.closest("[lang]")?.lang || "sv").split("-")[0];
const voiceFor = (code) => {
  const voices = synth.getVoices().filter((voice) => voice.lang.toLowerCase().split(/[-_]/)[0] === code);
  return voices.find((voice) => voice.localService) || voices[0];
};

function passages(root) {
  return [...root.querySelectorAll(BLOCKS)].filter(
    (element) =>
      !element.querySelector(BLOCKS) &&
      !element.closest("[aria-hidden=true], .page-tools, .breadcrumbs, nav, form.filters, .visually-hidden") &&
      element.getClientRects().length > 0 &&
      element.textContent.trim(),
  );
}

function setState(button, on) {
  const words = button.querySelector("[data-start]");
  button.setAttribute("aria-pressed", String(on));
  words.textContent = on ? words.dataset.stop : words.dataset.start;
}

function stop() {
  if (!speaking) return;
  const { button, element } = speaking;
  speaking = null;
  synth.cancel();
  element?.classList.remove("reading-now");
  setState(button, false);
}

function read(button, list, place) {
  speaking?.element?.classList.remove("reading-now");
  const element = list[place];
  if (!element) {
    stop();
    return;
  }
  const turn = { button, element };
  speaking = turn;
  element.classList.add("reading-now");
  const code = language(element);
  const text = new SpeechSynthesisUtterance(element.textContent.trim().replace(/\s+/g, " "));
  text.voice = voiceFor(code) || null;
  text.lang = text.voice?.lang || code;
  text.rate = 0.95;
  text.onend = () => speaking === turn && read(button, list, place + 1);
  text.onerror = () => speaking === turn && stop();
  synth.speak(text);
}

function showWhereThereIsAVoice() {
  for (const button of buttons) {
    const target = document.getElementById(button.dataset.readAloud);
    button.hidden = !(target && voiceFor(language(target)));
  }
}

if (synth && buttons.length) {
  for (const button of buttons) {
    button.addEventListener("click", () => {
      const same = speaking?.button === button;
      stop();
      if (same) return;
      setState(button, true);
      read(button, passages(document.getElementById(button.dataset.readAloud)), 0);
    });
  }
  showWhereThereIsAVoice();
  synth.addEventListener?.("voiceschanged", showWhereThereIsAVoice);
  window.addEventListener("pagehide", stop);
}
