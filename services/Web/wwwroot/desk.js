// What only the analyst's desk has; it works without.
"use strict";

// Figures go on while a page is open and looked at: parts that changed are put in the place of the old ones; what was unfolded stays so, and who was in it too.
const fresh = document.querySelector("[data-fresh]:not([data-fresh=''])");
if (fresh) {
  const parts = (page) => [...page.querySelectorAll("[data-fresh]")].flatMap((part) => part.dataset.fresh ? [...part.children] : [part]);
  let known = parts(document).map((part) => part.outerHTML);
  const renew = (old, part) => {
    const [folds, news] = [old, part].map((one) => [...one.querySelectorAll("details")]);
    folds.forEach((fold, n) => { if (news[n]) news[n].open = fold.open; });
    const within = [...old.querySelectorAll("summary, a, button")].indexOf(document.activeElement);
    old.replaceWith(part);
    if (within >= 0) part.querySelectorAll("summary, a, button")[within]?.focus({ preventScroll: true });
  };
  const look = async () => {
    try {
      const answer = document.hidden ? null : await fetch(location.href, { headers: { "Accept": "text/html" } });
      // Signed out, or somebody else's question: the page stays as it is, and says of when it is.
      if (answer?.redirected) return;
      const now = answer?.ok ? parts(new DOMParser().parseFromString(await answer.text(), "text/html")) : null;
      const here = parts(document);
      if (now && now.length === here.length) {
        const told = now.map((part) => part.outerHTML);
        now.forEach((part, n) => { if (told[n] !== known[n]) renew(here[n], document.adoptNode(part)); });
        known = told;
      } else if (now) return location.reload();
    } catch { /* Not reachable just now: looked again. */ }
    setTimeout(look, fresh.dataset.fresh * 1000);
  };
  setTimeout(look, fresh.dataset.fresh * 1000);
}
