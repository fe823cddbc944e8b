// What changed since the last visit. A visit ends after half an hour of silence; early.js reckons in the same way.
const silence = 30 * 60_000;
const block = find("[data-changes]");

/** Notes that the reader is here. Who comes after a silence begins a visit; who leaves has been here until now. */
const note = (coming) => {
  const visit = kept.read("visit") ?? {};
  if (coming && Date.now() - visit.last > silence) visit.before = visit.last;
  visit.last = Date.now();
  kept.write("visit", visit);
  return visit;
};

const { before } = note(true);
document.addEventListener("visibilitychange", () => note(!document.hidden));

const fill = async () => {
  // Whole minutes: so that many readers ask the same, and the question tells little of one.
  const since = `${new Date(before).toISOString().slice(0, 16)}Z`;
  const all = `${block.dataset.changes}?since=${since}`;
  const told = await page(all);
  const take = (selector) => [...told.querySelectorAll(selector)].map((node) => document.importNode(node, true));
  find(".few", block).append(...take("#changed-count"));
  find(".when", block).append(...take("#changed-since > time"));
  find("ul", block).append(...take("#changed > li").slice(0, 3));
  find("a.act", block).href = all;
};

if (block && before) {
  fill().catch(() => {}); // Without a connection the links stay.
  find("button", block).addEventListener("click", () => {
    kept.write("visit", { last: Date.now() });
    delete document.documentElement.dataset.returning;
  });
}
