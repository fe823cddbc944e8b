// Sends a message to the desk: sealed for its key where it has one (docs/tips.md tells the format), with a small puzzle solved in any
// case. A browser without WebCrypto, or a page that did not come over a secure connection, sends the form as it is.

const form = find("form[data-tip]");
const crypt = globalThis.crypto?.subtle;
const text = new TextEncoder();
const sizes = [1024, 4096, 16384, 65536];

const hex = (bytes) => [...bytes].map((b) => b.toString(16).padStart(2, "0")).join("");
const toBase64Url = (bytes) => {
  const letters = [];
  for (const b of bytes) letters.push(String.fromCharCode(b));
  return btoa(letters.join("")).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
};
const sha256 = async (s) => new Uint8Array(await crypt.digest("SHA-256", text.encode(s)));

const padded = (message) => {
  const json = text.encode(JSON.stringify(message));
  const bytes = new Uint8Array(sizes.find((size) => size >= json.length + 4));
  new DataView(bytes.buffer).setInt32(0, json.length);
  bytes.set(json, 4);
  return bytes;
};

const seal = async (message, deskKey) => {
  const desk = fromBase64Url(deskKey);
  const own = await crypt.generateKey(tipSeal.curve, false, ["deriveBits"]);
  const sender = new Uint8Array(await crypt.exportKey("raw", own.publicKey));
  const key = await tipSeal.key(own.privateKey, desk, sender, desk, "encrypt");
  const body = new Uint8Array(await crypt.encrypt(tipSeal.cipher, key, padded(message)));
  const sealed = new Uint8Array(sender.length + body.length);
  sealed.set(sender);
  sealed.set(body, sender.length);
  return toBase64Url(sealed);
};

const zeros = (hash) => {
  const first = hash.findIndex((b) => b);
  return 8 * first + Math.clz32(hash[first]) - 24;
};

const solve = async (token, body) => {
  const bits = Number(token.split(".")[1]);
  const start = `${token}:${hex(await sha256(body))}:`;
  for (let n = 0; ; n++) {
    if (zeros(await sha256(start + n)) >= bits) return String(n);
  }
};

const fields = async () => {
  const { token, message, contact, about, fault, website } = Object.fromEntries(new FormData(form));
  const common = { token, website, about, ...(fault && { fault }) };
  if (form.dataset.key) {
    const sealed = await seal({ message: message.trim(), contact: contact.trim(), about }, form.dataset.key);
    return { ...common, sealed, work: await solve(token, sealed) };
  }
  return { ...common, message, contact, work: await solve(token, message) };
};

const post = async () => {
  try {
    const answer = await fetch(form.action, { method: "POST", body: new URLSearchParams(await fields()) });
    return answer.ok ? "done" : { 422: "again", 429: "often" }[answer.status] ?? "failed";
  } catch {
    return "failed";
  }
};

if (form && crypt) {
  let busy = false;
  if (form.dataset.key) {
    find("[data-way=plain]", form).setAttribute("aria-hidden", "true");
    find("[data-way=sealed]", form).removeAttribute("aria-hidden");
  }
  form.addEventListener("submit", async (event) => {
    if (event.defaultPrevented) return;
    event.preventDefault();
    if (busy) return;
    busy = true;
    const said = find("[role=status]", form);
    said.textContent = form.dataset.working;
    const result = await post();
    busy = false;
    if (result === "done") {
      location.assign(form.dataset.done);
    } else {
      said.textContent = form.dataset[result];
    }
  });
}
