// What could not be saved of an article stays in the browser of who wrote it until it is saved, thrown away, or its writer signs out. A copy
// is kept under member, article, version and the moment its page was opened, so that no page writes over what another one left.
const leftOver = "unsaved.";
const written = find("form[data-article]");

if (written) {
  const own = `${leftOver}${written.dataset.article}.`;
  const here = `${own}${written.elements.version.value}.${Date.now()}`;
  // What a save that works makes needless: the copy of this page, and one that was taken into it.
  const needless = new Set([here]);

  const fields = () => [...new FormData(written)].filter(([name]) => name !== "token" && name !== "version");

  const keep = (sent) =>
    kept.write(here, { at: Date.now(), version: written.elements.version.value, sent, fields: fields() });

  // The fields of one name take their values in order; a box is ticked when its value is among them.
  const take = (copy) => {
    const values = Map.groupBy(copy.fields, ([name]) => name);
    for (const field of written.elements) {
      if (!field.name || field.type === "hidden" || field.tagName === "BUTTON") continue;
      const those = values.get(field.name) ?? [];
      if (field.type === "checkbox") field.checked = those.some(([, value]) => value === field.value);
      else field.value = those.shift()?.[1] ?? "";
    }
    // Of an older version, so that the server sees whether somebody else saved meanwhile.
    written.elements.version.value = copy.version;
    written.dispatchEvent(new Event("input"));
  };

  const offer = ([key, ...others]) => {
    const copy = key && kept.read(key);
    if (!copy) return;
    const form = new Intl.DateTimeFormat(document.documentElement.lang, {
      dateStyle: "medium",
      timeStyle: "short",
      hourCycle: "h23",
      numberingSystem: "latn",
    });
    const button = (label, act) => {
      const made = make("button", { type: "button", className: "btn quiet", textContent: label });
      made.addEventListener("click", () => {
        note.remove();
        act();
        written.elements.markdown.focus();
        offer(others);
      });
      return made;
    };
    const note = make(
      "div",
      { className: "note", role: "alert" },
      make("p", { textContent: written.dataset.left.replace("{0}", form.format(copy.at)) }),
      make(
        "p",
        { className: "row" },
        button(written.dataset.take, () => {
          needless.add(key);
          take(copy);
        }),
        " ",
        button(written.dataset.drop, () => kept.remove(key)),
      ),
    );
    written.prepend(note);
  };

  written.addEventListener("unsaved", () => {
    keep(false);
    const said = find("[role=status]", written);
    if (kept.read(here) && !find("a", said)) said.textContent = written.dataset.kept;
  });
  written.addEventListener("saved", () => needless.forEach(kept.remove));
  // A form that is sent may meet a server that is away or a session that has ended; the page it leads to tells when it did not.
  written.addEventListener("submit", (event) => {
    if (!event.submitter?.formAction.endsWith("/preview")) keep(true);
  });

  const saved = new URLSearchParams(location.search).has("saved");
  const left = kept.keys(own).sort((a, b) => (kept.read(b)?.at ?? 0) - (kept.read(a)?.at ?? 0));
  const arrived = (copy) => saved && copy?.sent && Number(copy.version) <= Number(written.elements.version.value);
  for (const key of left.filter((k) => arrived(kept.read(k)))) kept.remove(key);
  offer(left.filter((k) => kept.read(k)));
}

for (const leave of document.querySelectorAll("form[action$='/account/sign-out']")) {
  leave.addEventListener("submit", () => kept.keys(leftOver).forEach(kept.remove));
}
