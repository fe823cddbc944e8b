// One key for what a page offers by a button or a link that names it (aria-keyshortcuts): in a list of things to judge, of the row that one is
// in; else of the page. The switch of the site for single keys holds here too (WCAG 2.2, 2.1.4).
const typing = "input:not([type=checkbox]), textarea, select, [contenteditable]";
const rows = [...document.querySelectorAll("[data-judge] > [data-row]")];
const here = () => rows.find((row) => row.contains(document.activeElement));

const enter = (row) => row && find("a, button, input", row).focus();

const step = (by) => {
  const at = rows.indexOf(here());
  enter(rows[at < 0 ? 0 : at + by]);
};

// Whoever judged a row by its key goes on at the same place of the list, which is a new page.
const place = "judged";
const judged = new URLSearchParams(location.search).has("done") ? kept.read(place) : null;
if (judged !== null) enter(rows[Math.min(judged, rows.length - 1)]);
kept.remove(place);

const offered = (key) => {
  const named = `[aria-keyshortcuts="${CSS.escape(key)}"]`;
  const row = here();
  return (row && find(named, row)) || [...document.querySelectorAll(named)].find((one) => !one.closest("[data-row]"));
};

// Where the keyboard writes other letters than Latin ones, the place of the key counts.
const keyOf = (event) => (event.key > "~" && event.code.startsWith("Key") ? event.code.at(-1).toLowerCase() : event.key);

addEventListener("keydown", (event) => {
  const modified = event.ctrlKey || event.metaKey || event.altKey;
  if (modified || event.defaultPrevented || event.isComposing || event.target.closest?.(typing)) return;
  if (kept.read("keys") === false) return;
  const key = keyOf(event);
  if (!/^[a-z]$/.test(key)) return;
  if (rows.length && (key === "j" || key === "k")) step(key === "j" ? 1 : -1);
  else {
    const one = offered(key);
    if (!one) return;
    const row = here();
    if (row?.contains(one)) kept.write(place, rows.indexOf(row));
    one.click();
    if (one.hash?.length > 1 && one.pathname === location.pathname) find(one.hash)?.focus();
  }
  event.preventDefault();
});

// The words that a statement rests on stand in the middle of what is seen of its report.
const reading = find(".reading");
const words = reading && find("mark", reading);
if (words) reading.scrollTop = words.offsetTop - reading.offsetTop - reading.clientHeight / 3;
