// What only a kiosk has; pages.js comes before it, and its names are known here.
"use strict";

// Staff are called, and told that they need not come, from whatever page is open: it stays as it is, with all that is ticked and typed.
const showCall = (page) => {
  const [shown, now] = [document.getElementById("calling"), page.getElementById("calling")];
  if (!shown || !now || shown.dataset.state === now.dataset.state && shown.childElementCount === now.childElementCount) return;
  shown.replaceWith(document.adoptNode(now));
};
const askCall = async (address) => {
  const answer = await fetch(address, { headers: { "Accept": "text/html" } });
  if (answer.ok) showCall(new DOMParser().parseFromString(await answer.text(), "text/html"));
};
document.addEventListener("submit", (event) => {
  const form = event.target.closest("form[data-call]");
  if (!form || event.defaultPrevented) return;
  event.preventDefault();
  hold(async () => {
    try {
      const answer = await fetch(form.action, { method: "POST", body: new URLSearchParams(new FormData(form)), headers: { "X-Onward": "1" } });
      if (answer.status >= 500) return false;
      await askCall(form.action.endsWith("/call") && answer.headers.get("X-Onward") || "/kiosk/call");
      return true;
    } catch { return false; }
  });
}, { capture: true });
setInterval(() => {
  if (document.getElementById("calling")?.dataset.state) askCall("/kiosk/call").catch(() => { /* The network is away: asked again. */ });
}, 3000);

// Keys on the screen, where something has to be typed. Letters are written here and not in the texts: they are what is typed, whatever the page says.
const latin = { rows: ["qwertyuiop", "asdfghjkl", "zxcvbnm"] };
const german = { rows: ["qwertzuiopü", "asdfghjklöä", "yxcvbnmß"] };
const own = {
  de: german,
  tr: { rows: ["qwertyuıopğü", "asdfghjklşi", "zxcvbnmöç"], upper: { i: "İ", "ı": "I" } },
  fr: { rows: ["azertyuiop", "qsdfghjklm", "wxcvbn'", "éèêëàâçîïôùûœ"] },
  es: { rows: ["qwertyuiop", "asdfghjklñ", "zxcvbnm", "áéíóúü"] },
  // Tones are put on the letter before them.
  vi: { rows: ["qwertyuiop", "asdfghjkl", "zxcvbnm", "ăâđêôơư\u0300\u0301\u0309\u0303\u0323"] },
  pl: { rows: ["qwertyuiop", "asdfghjkl", "zxcvbnm", "ąćęłńóśźż"] },
  ro: { rows: ["qwertyuiop", "asdfghjkl", "zxcvbnm", "ăâîșț"] },
  kmr: { rows: ["qwertyuiop", "asdfghjkl", "zxcvbnm", "çêîşû"] },
  uk: { rows: ["йцукенгшщзхї", "фівапролджє", "ячсмитьбюґ’"] },
  ru: { rows: ["йцукенгшщзхъ", "фывапролджэ", "ячсмитьбюё"] },
  ar: { rows: ["ضصثقفغعهخحجد", "شسيبلاتنمكطذ", "ئءؤرىةوزظأإآ"], caseless: true },
  fa: { rows: ["ضصثقفغعهخحجچ", "شسیبلاتنمکگپ", "ظطزژرذدئوآءأ"], caseless: true },
  // A consonant; its other vowels are offered in the place of the digits and replace it.
  ti: { rows: ["ሀለሐመረሰሸቀቐበተ", "ቸነኘአከኸወዐዘዠየ", "ደጀገጠጨጸጰፈፐቨፀ"], caseless: true, syllables: true },
};
const digits = "1234567890";
const signs = { mail: "@.-_+", text: "-." };
let keys, written, shift = false, foreign = false;

const wants = (field) => field?.matches?.("input:not([type]), input[type=text], input[type=search], input[type=email], textarea") && !field.readOnly;
const asciiOnly = (field) => field.type === "email" || field.classList.contains("typed-code");
const caret = (field) => field.selectionStart ?? field.value.length;

// As a person at a keyboard would: the field's own rules for length, its caret and its undo hold.
const type = (text) => {
  const from = document.activeElement;
  if (from !== written) written.focus({ preventScroll: true });
  const before = written.value.slice(0, caret(written)).at(-1);
  if (text === "") document.execCommand("delete");
  else if (/^\p{M}$/u.test(text)) {
    if (before) {
      document.execCommand("delete");
      document.execCommand("insertText", false, (before + text).normalize("NFC"));
    }
  } else document.execCommand("insertText", false, text);
  if (from !== written && keys?.contains(from)) from.focus({ preventScroll: true });
};
const key = (face, press, label, kind) => {
  const button = document.createElement("button");
  button.type = "button";
  button.textContent = /^\p{M}$/u.test(face) ? "\u25cc" + face : face;
  if (label) button.setAttribute("aria-label", label);
  if (kind) button.className = kind;
  button.addEventListener("click", press);
  return button;
};
const row = (...buttons) => {
  const line = document.createElement("div");
  line.append(...buttons);
  return line;
};
const vowels = (letter) => [...Array(8).keys()].map((order) => String.fromCodePoint((letter.codePointAt(0) & ~7) + order)).filter((syllable) => /^\p{L}$/u.test(syllable));
const draw = () => {
  const language = document.documentElement.lang;
  const other = own[language]?.caseless || language === "uk" || language === "ru";
  const layout = asciiOnly(written) ? latin : foreign && other ? german : own[language] ?? latin;
  const raise = (letter) => !shift ? letter : layout.upper?.[letter] ?? (letter === "ß" ? "ß" : letter.toUpperCase());
  const top = row(...[...digits].map((digit) => key(digit, () => type(digit))));
  const press = (letter) => {
    type(raise(letter));
    if (layout.syllables) top.replaceChildren(...vowels(letter).map((syllable) => key(syllable, () => {
      type("");
      type(syllable);
    })));
    if (shift) {
      shift = false;
      draw();
    }
  };
  const said = keys.dataset;
  const last = [];
  if (!layout.caseless) {
    const capitals = key("⇧", () => {
      shift = !shift;
      draw();
    }, said.shift);
    capitals.setAttribute("aria-pressed", shift);
    last.push(capitals);
  }
  if (other && !asciiOnly(written)) last.push(key(foreign ? [...own[language].rows[0]].slice(0, 3).join("") : "abc", () => {
    foreign = !foreign;
    draw();
  }, foreign ? said.own : said.latin, "word"));
  last.push(...[...asciiOnly(written) ? signs.mail : signs.text].map((sign) => key(sign, () => type(sign))));
  last.push(key("␣", () => type(" "), said.space, "wide"), key("⌫", () => type(""), said.delete, "word"), key(said.done, put, "", "word end"));
  keys.replaceChildren(top, ...layout.rows.map((letters) => row(...[...letters].map((letter) => key(raise(letter), () => press(letter))))), row(...last));
};
// The page is longer by the keys, so that even its last field can stand above them.
const room = () => {
  document.body.style.paddingBlockEnd = `${keys.offsetHeight}px`;
  const box = written.getBoundingClientRect();
  const seen = innerHeight - keys.offsetHeight;
  if (box.bottom > seen - 24 || box.top < 96) scrollBy({ top: box.top - Math.max(96, (seen - box.height) / 2), behavior: "instant" });
};
const put = () => {
  keys?.remove();
  keys = written = null;
  document.body.style.paddingBlockEnd = "";
};
const take = (field) => {
  if (!keys?.isConnected) {
    keys = document.getElementById("keys")?.content.firstElementChild.cloneNode(true);
    if (!keys) return;
    // A press on a key leaves the caret where it is.
    keys.addEventListener("pointerdown", (event) => event.preventDefault());
    document.body.append(keys);
  }
  if (written !== field) [written, shift, foreign] = [field, false, false];
  field.inputMode = "none";
  draw();
  room();
};
let pressing = false;
document.addEventListener("pointerdown", () => { pressing = true; }, true);
document.addEventListener("click", ({ target }) => {
  pressing = false;
  // Only now: were they put away while a finger is still down, what it presses would move from under it.
  if (keys && !keys.contains(target) && !wants(document.activeElement)) put();
});
document.addEventListener("focusin", ({ target }) => {
  if (wants(target)) take(target);
  else if (keys && !pressing && !keys.contains(target)) put();
});
