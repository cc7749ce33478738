// What pages gain from a script; each works without it. No text of its own: words come from the page.
"use strict";

// Read aloud: heading, hint and answers of the page, in its language.
const speech = window.speechSynthesis;
for (const button of document.querySelectorAll("[data-speak]")) {
  if (!speech || !window.SpeechSynthesisUtterance) continue;
  button.hidden = false;
  button.addEventListener("click", () => {
    if (speech.speaking) return speech.cancel();
    const parts = document.querySelectorAll("h1, .lead p, .lede, main h2, main h3, .face > span, .why li > span, dt, dd, legend, .small:not(a), .note span");
    const spoken = new Set();
    for (const part of parts) {
      const text = part.textContent.replaceAll("\u00ad", "").replace(/\s+/g, " ").trim();
      if (!text || spoken.has(text)) continue;
      spoken.add(text);
      const words = new SpeechSynthesisUtterance(text);
      words.lang = part.closest("[lang]").lang;
      words.rate = 0.9;
      speech.speak(words);
    }
  });
}
window.addEventListener("pagehide", () => speech?.cancel());

// Print.
for (const button of document.querySelectorAll("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
}

// A part of the page that goes on by itself is looked at again; when it is over, the whole page is.
const again = document.querySelector("[data-again]");
if (again) {
  const look = async () => {
    try {
      const answer = await fetch(location.href, { headers: { "Accept": "text/html" } });
      const now = answer.ok && !answer.redirected ? new DOMParser().parseFromString(await answer.text(), "text/html").querySelector("[data-again]") : null;
      if (!now) return location.reload();
      if (now.innerHTML !== again.innerHTML) again.innerHTML = now.innerHTML;
    } catch { /* Not reachable just now: looked again. */ }
    setTimeout(look, again.dataset.again * 1000);
  };
  setTimeout(look, again.dataset.again * 1000);
}

// A switch that asks for the page anew.
for (const form of document.querySelectorAll("form[data-auto]")) form.addEventListener("change", () => form.requestSubmit());

// "I don't know" and the other answers exclude each other.
document.addEventListener("change", ({ target }) => {
  if (target.type !== "checkbox" || !target.checked || !target.name) return;
  for (const other of document.querySelectorAll(`input[type=checkbox][name="${CSS.escape(target.name)}"]`))
    if (other !== target && (target.value === "unknown" || other.value === "unknown")) other.checked = false;
});

// A second press while the first is under way is not sent.
document.addEventListener("submit", (event) => {
  if (event.target.method !== "post") return;
  if (event.target.dataset.sent) return event.preventDefault();
  event.target.dataset.sent = "1";
  setTimeout(() => delete event.target.dataset.sent, 4000);
});
window.addEventListener("pageshow", () => document.querySelectorAll("form[data-sent]").forEach((form) => delete form.dataset.sent));

// Something new while the page is open: a bar that offers to load it anew. The browser takes up a stream that broke off by itself; where it gets none at
// all, it asks once a minute for the newest notice.
for (const bar of document.querySelectorAll("[data-live]")) {
  const show = () => { bar.firstElementChild.hidden = false; };
  let newest;
  const ask = async () => {
    try {
      const answer = await fetch(`${bar.dataset.live}/latest`);
      if (answer.status === 401 || answer.status === 403) return;
      const latest = answer.ok ? await answer.text() : newest;
      if (newest && latest !== newest) return show();
      newest = latest;
    } catch { /* The network is away: asked again below. */ }
    setTimeout(ask, 60000);
  };
  if (!window.EventSource) { ask(); continue; }
  const stream = new EventSource(bar.dataset.live);
  stream.addEventListener("notice", show);
  stream.addEventListener("error", () => { if (stream.readyState === EventSource.CLOSED) ask(); });
  window.addEventListener("pagehide", () => stream.close());
}

// Kiosk: after a while without a touch, ask; half a minute later, the start (which wipes).
const idle = Number(document.body.dataset.idle);
const stillThere = document.getElementById("still-there");
if (idle && stillThere) {
  let timer, ticking, veil;
  const rest = () => {
    clearTimeout(timer);
    if (!veil) timer = setTimeout(ask, idle * 1000);
  };
  const stay = () => {
    clearInterval(ticking);
    veil.remove();
    veil = null;
    document.querySelectorAll("body > [inert]").forEach((part) => { part.inert = false; });
    rest();
  };
  const ask = () => {
    document.querySelectorAll("body > :not(svg, template)").forEach((part) => { part.inert = true; });
    document.body.append(stillThere.content.cloneNode(true));
    veil = document.body.lastElementChild;
    veil.querySelector(".main").focus();
    const shown = veil.querySelector("[data-seconds]");
    let left = 30;
    ticking = setInterval(() => {
      left -= 1;
      shown.textContent = shown.textContent.replace(/\d+/, left);
      if (left > 0) return;
      clearInterval(ticking);
      location.replace("/kiosk");
    }, 1000);
    veil.querySelector("form").addEventListener("submit", (event) => {
      if (event.submitter?.formAction?.endsWith("/kiosk/end")) return;
      event.preventDefault();
      stay();
    });
  };
  for (const sign of ["pointerdown", "keydown", "scroll", "input"]) document.addEventListener(sign, rest, { passive: true });
  rest();
}
