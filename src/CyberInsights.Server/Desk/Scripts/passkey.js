// Passkeys: a form with data-passkey asks the browser to make one ("make") or to find one ("find") and sends what it answers. What the
// server wants to see in it comes from data-options. Browsers that know no passkeys keep the button as it is, which does nothing.
const knows = "PublicKeyCredential" in window && "parseRequestOptionsFromJSON" in PublicKeyCredential;

const wished = async (form) => {
  const body = new URLSearchParams({ token: form.elements.token.value });
  for (const field of ["name", "email"]) {
    if (form.elements[field]) body.set(field, form.elements[field].value);
  }
  const answer = await fetch(form.dataset.options, { method: "POST", body });
  if (!answer.ok) throw new Error(`${form.dataset.options} answered ${answer.status}`);
  return answer.json();
};

const send = (form, credential) => {
  form.elements.credential.value = JSON.stringify(credential);
  form.submit();
};

const made = async (form) =>
  navigator.credentials.create({ publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(await wished(form)) });

const found = async (form, further) =>
  navigator.credentials.get({ publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(await wished(form)), ...further });

// The browser offers passkeys in the list of the address field, while the page asks for nothing aloud. Only one such wish can be open.
let waiting = new AbortController();

const offer = async (form) => {
  if (!(await PublicKeyCredential.isConditionalMediationAvailable?.())) return;
  try {
    const credential = await found(form, { mediation: "conditional", signal: waiting.signal });
    if (credential) send(form, credential);
  } catch (failure) {
    // SecurityError: the site was reached by another address than its own, where its passkeys do not hold.
    if (!["AbortError", "NotAllowedError", "SecurityError"].includes(failure.name)) throw failure;
  }
};

for (const form of knows ? document.querySelectorAll("form[data-passkey]") : []) {
  const button = find("button[type=button]", form);
  const told = find("#passkey-m span", form);
  button.disabled = false;
  button.addEventListener("click", async () => {
    if ([...form.querySelectorAll("[data-first]")].some((field) => !field.reportValidity())) return;
    waiting.abort();
    waiting = new AbortController();
    button.disabled = true;
    told.textContent = "";
    try {
      send(form, await (form.dataset.passkey === "make" ? made(form) : found(form)));
    } catch {
      // Closed by the reader, timed out, or none there: the browser does not say which.
      told.textContent = form.dataset.failed;
      button.disabled = false;
    }
  });
  if (form.dataset.passkey === "find") offer(form);
}
