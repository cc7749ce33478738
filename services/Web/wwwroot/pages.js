// What pages gain from a script; each works without it. No text of its own: words come from the page.
"use strict";

const kiosk = document.documentElement.classList.contains("kiosk");

// A question over the page, which cannot be reached meanwhile.
const cover = (question) => {
  for (const part of document.querySelectorAll("body > :not(svg, template)")) part.inert = true;
  document.body.append(question.cloneNode(true));
  return document.body.lastElementChild;
};
const uncover = (veil) => {
  veil.remove();
  for (const part of document.querySelectorAll("body > [inert]")) part.inert = false;
};

// Read aloud: heading, hint and answers of the page, in its language.
const speech = window.speechSynthesis;
// A voice of the browser's own that speaks a language: without one the words of one language would be read by the rules of another, and a voice from the
// network would be told them. Kurdish without more is Kurmanji to browsers.
const voiceOf = (language) => speech?.getVoices().find((voice) => voice.localService && voice.lang.toLowerCase().split(/[-_]/)[0] === (language === "kmr" ? "ku" : language));
// What a part says, piece by piece as languages change: a name in its own where there is a voice for it; German that stands beside for staff is left out.
const pieces = (node, voice, all = []) => {
  for (const child of node.childNodes) {
    if (child.nodeType === Node.TEXT_NODE) {
      if (all.at(-1)?.voice === voice) all.at(-1).text += child.data;
      else all.push({ voice, text: child.data });
    } else if (child.nodeType === Node.ELEMENT_NODE && !child.matches(".de, .hide, svg, form")) pieces(child, child.lang && voiceOf(child.lang) || voice, all);
  }
  return all;
};
const readAloud = () => {
  if (speech.speaking) return speech.cancel();
  const voice = voiceOf(document.documentElement.lang);
  if (!voice) return;
  const spoken = new Set();
  for (const part of document.querySelectorAll("h1, .lead p, .lede, main h2, main h3, .face > span, .why li > span, dt, dd, legend, .small:not(a), .note span")) {
    if (!part.checkVisibility() || part.closest(".de") || part.parentElement.closest("dt, dd, .face > span")) continue;
    for (const piece of pieces(part, part.closest("bdi[lang]") ? voiceOf(part.closest("bdi[lang]").lang) ?? voice : voice)) {
      const text = piece.text.replaceAll("\u00ad", "").replace(/\s+/g, " ").trim();
      if (!/[\p{L}\p{N}]/u.test(text) || spoken.has(text)) continue;
      spoken.add(text);
      const words = new SpeechSynthesisUtterance(text);
      words.voice = piece.voice;
      words.lang = piece.voice.lang;
      words.rate = 0.9;
      speech.speak(words);
    }
  }
};
const dress = () => {
  for (const button of document.querySelectorAll("[data-speak]")) button.hidden = !voiceOf(document.documentElement.lang);
  for (const button of document.querySelectorAll("[data-print]")) button.hidden = false;
  // What stands in fields goes into the browser's notes for restoring a session, on disk; not where the form says no.
  if (kiosk) for (const form of document.forms) form.autocomplete = "off";
};
dress();
// Some browsers know their voices only after a while.
speech?.addEventListener?.("voiceschanged", dress);
document.addEventListener("click", ({ target }) => {
  if (target.closest?.("[data-speak]")) readAloud();
  if (target.closest?.("[data-print]")) window.print();
});
window.addEventListener("pagehide", () => speech?.cancel());

// A part of the page that goes on by itself is looked at again; when it is over, the whole page is.
const again = document.querySelector("[data-again]");
if (again) {
  const look = async () => {
    try {
      const answer = await fetch(location.href, { headers: { "Accept": "text/html" } });
      const now = answer.ok && !answer.redirected ? new DOMParser().parseFromString(await answer.text(), "text/html").querySelector("[data-again]") : null;
      if (!now) return location.reload();
      // Where the page says what state it is in, that is compared: the tokens of its forms are others each time.
      if ((now.dataset.state ?? now.innerHTML) !== (again.dataset.state ?? again.innerHTML)) again.innerHTML = now.innerHTML;
      if (now.dataset.state !== undefined) again.dataset.state = now.dataset.state;
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

// A form is sent from here, so that nothing is lost while the server is away: what was pressed waits in memory, never in storage, is sent when the server is
// back, and dropped after ten minutes. Forms carry their keys: what had come through all the same is not done twice.
const patience = 10 * 60 * 1000;
const notice = document.getElementById("away");
const parting = new AbortController();
let waiting;

// Where a page is away, a kiosk must not show the browser's own words: so it asks first.
const reachable = async () => {
  try { return (await fetch("/leaf.svg", { method: "HEAD", cache: "no-store", signal: AbortSignal.timeout(10000) })).ok; } catch { return false; }
};
const visit = async (address) => {
  if (!await reachable()) return false;
  if (!waiting?.gone) location.assign(address);
  return true;
};
const send = async (action, body) => {
  let answer, text;
  try {
    answer = await fetch(action, { method: "POST", body, headers: { "X-Onward": "1" }, signal: AbortSignal.any([parting.signal, AbortSignal.timeout(20000)]) });
    text = await answer.text();
  } catch { return false; }
  if (waiting?.gone) return true;
  if (answer.status >= 502 && answer.status <= 504) return false;
  const onward = answer.headers.get("X-Onward");
  if (onward) {
    const to = new URL(onward, location), here = to.pathname === location.pathname && to.search === location.search;
    location.assign(to);
    // To another place of the same page a browser only scrolls.
    if (here && to.hash) location.reload();
    return true;
  }
  // A page instead of a way on: a mistake to be mended, or what is wrong.
  speech?.cancel();
  const page = new DOMParser().parseFromString(text, "text/html");
  for (const name of ["lang", "dir", "class"]) document.documentElement.setAttribute(name, page.documentElement.getAttribute(name) ?? "");
  document.title = page.title;
  document.body.replaceChildren(...page.body.childNodes);
  dress();
  (document.querySelector(".mistakes") ?? document.querySelector("h1"))?.focus();
  scrollTo(0, 0);
  return true;
};

// What was pressed says that it is under way, when the answer takes longer than a moment, and a voice says it too; until the next page is there.
const busy = (pressed, is) => {
  if (!pressed?.isConnected) return;
  pressed.ariaBusy = is ? "true" : null;
  document.querySelector("#under-way span").hidden = !is;
};
// One that is come back to.
window.addEventListener("pageshow", () => document.querySelectorAll("[aria-busy]").forEach((pressed) => busy(pressed, false)));

// Nobody's any more: at a kiosk nothing may be left, whether the start can be loaded or not.
const leave = async () => {
  clearTimeout(waiting?.timer);
  clearTimeout(waiting?.over);
  waiting = { gone: true };
  parting.abort();
  speech?.cancel();
  const rest = notice?.content.querySelector(".rest");
  document.body.replaceChildren(...(rest ? [rest.cloneNode(true)] : []));
  while (!await reachable()) await new Promise((done) => setTimeout(done, 3000));
  location.replace("/kiosk");
};

const hold = async (attempt, pressed) => {
  if (waiting) return;
  waiting = {};
  const mine = waiting;
  const slow = setTimeout(() => busy(pressed, true), 300);
  if (!await attempt() && waiting === mine) {
    clearTimeout(slow);
    busy(pressed, false);
    const veil = cover(notice.content.querySelector(".away"));
    veil.querySelector("h2").focus();
    const close = () => {
      clearTimeout(mine.timer);
      clearTimeout(mine.over);
      uncover(veil);
      if (waiting === mine) waiting = null;
    };
    veil.querySelector("[data-drop]")?.addEventListener("click", leave);
    veil.querySelector("[data-give-up]")?.addEventListener("click", close);
    mine.over = setTimeout(kiosk ? leave : close, patience);
    const again = async () => {
      const done = await attempt();
      if (waiting !== mine) return;
      if (done) return close();
      // Not all at the same moment, when it is back.
      mine.timer = setTimeout(again, 2000 + Math.random() * 2000);
    };
    mine.timer = setTimeout(again, 2000);
    return;
  }
  if (waiting === mine) waiting = null;
};
if (notice) {
  document.addEventListener("submit", (event) => {
    const { target: form, submitter } = event;
    if (event.defaultPrevented || form.getAttribute("method") !== "post") return;
    event.preventDefault();
    const action = submitter?.getAttribute("formaction") ?? form.getAttribute("action") ?? location.href;
    const body = new URLSearchParams(new FormData(form, submitter));
    hold(() => send(action, body), submitter);
  });
  if (kiosk) document.addEventListener("click", (event) => {
    const link = event.target.closest?.("a[href]");
    if (!link || event.defaultPrevented || link.origin !== location.origin || link.getAttribute("href").startsWith("#")) return;
    event.preventDefault();
    hold(() => visit(link.href));
  });
}

// Kiosk: after a while without a touch, ask; half a minute later, the start (which wipes).
const idle = Number(document.body.dataset.idle);
const stillThere = document.getElementById("still-there");
if (idle && stillThere) {
  let timer, ticking, veil;
  const rest = () => {
    clearTimeout(timer);
    if (!veil && !waiting?.gone) timer = setTimeout(ask, idle * 1000);
  };
  const stay = () => {
    clearInterval(ticking);
    uncover(veil);
    veil = null;
    rest();
  };
  const ask = () => {
    // While something waits for the server, its own ten minutes hold.
    if (waiting) return rest();
    veil = cover(stillThere.content);
    veil.querySelector(".main").focus();
    const shown = veil.querySelectorAll("[data-seconds]");
    let left = 30;
    ticking = setInterval(() => {
      left -= 1;
      for (const place of shown) place.textContent = place.textContent.replace(/\d+/, left);
      if (left > 0) return;
      clearInterval(ticking);
      leave();
    }, 1000);
    veil.querySelector("form").addEventListener("submit", (event) => {
      event.preventDefault();
      if (event.submitter?.formAction?.endsWith("/kiosk/end")) return leave();
      stay();
    });
  };
  for (const sign of ["pointerdown", "keydown", "scroll", "input"]) document.addEventListener(sign, rest, { passive: true });
  rest();
}

// A code behind the "#" of an address, which no server ever sees: handed in by the form, and taken out of the address and of the way back.
const handIn = () => {
  const form = document.querySelector("form[data-handoff]");
  const code = location.hash.slice(1);
  if (!form || !code) return;
  history.replaceState(null, "", location.pathname + location.search);
  form.elements.code.value = code;
  form.requestSubmit();
};
window.addEventListener("hashchange", handIn);
handIn();
