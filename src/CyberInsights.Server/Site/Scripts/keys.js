// Single keys for readers who know them; /keyboard tells which, and switches them off (WCAG 2.2, 2.1.4).
const help = find("a[data-keys]");
const typing = "input, textarea, select, [contenteditable], dialog";
const steps = ".lead h2 a, .rank h3 a, .hit h2 a, .pieces h3 a, .changed p > a, .ledger .stmt";
let leadAt = -Infinity;

const on = () => kept.read("keys") !== false;

const offerSwitch = (within) => {
  for (const box of within.querySelectorAll("[data-keys-on]")) {
    box.checked = on();
    box.addEventListener("change", () => kept.write("keys", box.checked));
  }
};

const items = () => [...find("main").querySelectorAll(steps)].filter((item) => item.checkVisibility());
const here = (item) => item.contains(document.activeElement);

const step = (by) => {
  const all = items();
  const at = all.findIndex(here);
  const next = all[at < 0 ? 0 : at + by];
  if (next && !next.matches("a")) next.tabIndex = -1;
  next?.focus();
};

const open = () => {
  const item = items().find(here);
  (item?.matches("a") ? item : item && (find("summary", item) ?? find("a", item)))?.click();
};

const showSheet = async () => {
  const told = document.importNode((await page(help.href)).body, true);
  const title = make("h2", { id: "sheet-title", textContent: find("h1", told).textContent });
  const sheet = make("dialog", { className: "sheet keys" }, title, ...find("#keys", told).children);
  sheet.setAttribute("aria-labelledby", title.id);
  const close = find("button", sheet);
  close.hidden = false;
  close.addEventListener("click", () => sheet.close());
  sheet.addEventListener("close", () => sheet.remove());
  offerSwitch(sheet);
  document.body.append(sheet);
  sheet.showModal();
};

const acts = {
  "/": () => find("input[type=search]")?.focus(),
  j: () => step(1),
  k: () => step(-1),
  o: open,
  n: () => find(".pill:not([hidden])")?.click(),
  g: () => (leadAt = performance.now()),
  "?": () => showSheet().catch(() => help.click()),
};

// Where the keyboard writes other letters than Latin ones, the place of the key counts.
const keyOf = (event) => (event.key > "~" && event.code.startsWith("Key") ? event.code.at(-1).toLowerCase() : event.key);

const press = (event) => {
  const modified = event.ctrlKey || event.metaKey || event.altKey;
  if (modified || event.defaultPrevented || event.isComposing || event.target.closest?.(typing) || !on()) return;
  const key = keyOf(event);
  const place = performance.now() - leadAt < 1_500 && find(`a[data-go="${CSS.escape(key)}"]`);
  leadAt = -Infinity;
  if (place) place.click();
  else if (key === "Enter" && event.target.matches(".stmt")) open();
  else if (Object.hasOwn(acts, key)) acts[key]();
  else return;
  event.preventDefault();
};

offerSwitch(document);
addEventListener("keydown", press);
