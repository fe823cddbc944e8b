// Offers the front page in the language that the reader's browser prefers, in one line over the foot of the window; never leads there
// by itself. Closed once, it stays closed.

const offers = find("#offers")?.content;
const languages = navigator.languages.map((tag) => tag.split("-")[0]);
const here = document.documentElement.lang;
const fitting = languages.find((code) => code === here || (offers && find(`[lang="${code}"]`, offers)));

if (offers && fitting && fitting !== here && !kept.read("offer-closed")) {
  const line = find(`[lang="${fitting}"]`, offers).cloneNode(true);
  find("button", line).addEventListener("click", () => {
    kept.write("offer-closed", true);
    line.remove();
  });
  document.body.append(line);
}
