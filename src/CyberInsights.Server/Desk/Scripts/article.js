// Saves an article while it is being written, shows how it will look, and puts in where the cursor is. Without script the buttons of the
// form do the same. Nothing that was written is given up: what could not be saved is kept (unsaved.js) and tried again, and the page asks
// before it is left.
const form = find("form[data-article]");

if (form) {
  const pause = 1_500;
  const again = 5_000;
  const text = find("textarea[name=markdown]", form);
  const said = find("[role=status]", form);
  const place = find("#preview");
  let [dirty, busy, conflict, leaving] = [false, false, false, false];
  let [saving, showing] = [0, 0];

  const fields = (further = {}) => {
    const all = new URLSearchParams(new FormData(form));
    for (const [name, value] of Object.entries(further)) all.set(name, value);
    return all;
  };

  const tellConflict = (number) => {
    conflict = true;
    said.replaceChildren(make("a", { href: form.dataset.revisions + number, textContent: form.dataset.conflict }));
  };

  const later = (wait) => {
    clearTimeout(saving);
    saving = setTimeout(save, wait);
  };

  const save = async () => {
    // After a conflict nothing more is saved from here; what is written on is kept.
    if (conflict && dirty) form.dispatchEvent(new Event("unsaved"));
    if (busy || conflict || !dirty) return;
    [busy, dirty] = [true, false];
    said.textContent = form.dataset.saving;
    try {
      const answer = await fetch(form.action, { method: "POST", body: fields({ auto: "1" }) });
      if (answer.status === 409) tellConflict(await answer.text());
      else if (!answer.ok) throw new Error(`${answer.status}`);
      else {
        form.elements.version.value = await answer.text();
        said.textContent = form.dataset.saved;
        form.dispatchEvent(new Event("saved"));
      }
    } catch {
      dirty = true;
      said.textContent = form.dataset.unsaved;
      form.dispatchEvent(new Event("unsaved"));
      later(again);
    }
    busy = false;
    if (dirty) later(again);
  };

  // The browser makes a document of the answer, so that no markup is made of text here.
  const show = () => {
    const request = new XMLHttpRequest();
    request.open("POST", form.dataset.preview);
    request.responseType = "document";
    request.onload = () => {
      const made = request.status === 200 && request.response && find("#preview", request.response);
      if (made) place.replaceChildren(...[...made.childNodes].map((node) => document.importNode(node, true)));
    };
    request.send(fields());
  };

  const changed = () => {
    dirty = true;
    later(pause);
    clearTimeout(showing);
    showing = setTimeout(show, pause / 2);
  };

  // Until the cursor was put somewhere, it is behind what is written.
  text.selectionStart = text.selectionEnd = text.value.length;
  form.addEventListener("input", changed);
  form.addEventListener("submit", (event) => {
    leaving = !event.submitter?.formAction.endsWith("/preview");
    if (leaving) return;
    event.preventDefault();
    show();
  });
  addEventListener("beforeunload", (event) => {
    if (!leaving && (dirty || busy)) event.preventDefault();
  });
  document.addEventListener("visibilitychange", () => document.hidden && save());

  for (const button of document.querySelectorAll("button[name=insert]")) {
    button.addEventListener("click", (event) => {
      event.preventDefault();
      const before = text.value.slice(0, text.selectionStart).trimEnd();
      const after = text.value.slice(text.selectionEnd).trimStart();
      const head = before ? `${before}\n\n` : "";
      text.value = `${head}${button.value}\n\n${after}`;
      text.selectionStart = text.selectionEnd = head.length + button.value.length;
      text.focus();
      changed();
    });
  }
}
