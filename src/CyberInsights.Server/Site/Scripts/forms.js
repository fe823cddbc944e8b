// Says next to a field what is wrong with it before the form is sent, by the server's own rules and in its own sentences
// (data-rules: pairs of an expression that must match and the sentence for a value that does not).

const say = (field, sentence) => {
  find(`#${field.id}-m span`).textContent = sentence;
  if (sentence) {
    field.setAttribute("aria-invalid", "true");
  } else {
    field.removeAttribute("aria-invalid");
  }
  return !sentence;
};

const check = (field) => {
  const value = field.value.trim();
  const broken = JSON.parse(field.dataset.rules).find(([pattern]) => !new RegExp(pattern, "u").test(value));
  return say(field, broken?.[1] ?? "");
};

for (const form of document.querySelectorAll("form[data-checked]")) {
  const fields = [...form.querySelectorAll("[data-rules]")];
  for (const field of fields) {
    // Nobody is told of a mistake while making it; who is putting one right sees when it is.
    field.addEventListener("input", () => field.hasAttribute("aria-invalid") && check(field));
  }
  form.addEventListener("submit", (event) => {
    const wrong = fields.filter((field) => !check(field));
    if (wrong.length) {
      event.preventDefault();
      wrong[0].focus();
    }
  });
}
