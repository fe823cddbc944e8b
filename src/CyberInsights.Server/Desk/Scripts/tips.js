// Opens sealed messages for whoever has the desk's private key. The file is read in this page, the key stays in its memory until one leaves it,
// and neither is sent or stored anywhere. What readers wrote is put in as text.
const chooser = find("[data-tip-key] input");
const crypt = globalThis.crypto?.subtle;
const pointBytes = 65;
const maxFile = 10_000;

const readKey = async (file) => {
  const pem = file.size > maxFile ? null : /-----BEGIN PRIVATE KEY-----([^-]+)-----END/.exec(await file.text());
  const der = Uint8Array.from(atob(pem[1].replace(/\s/g, "")), (c) => c.charCodeAt(0));
  // The point can be had of a key that gives itself out, and of no other; the one that is kept does not.
  const { x, y } = await crypt.exportKey(
    "jwk",
    await crypt.importKey("pkcs8", der, tipSeal.curve, true, ["deriveBits"]),
  );
  const own = await crypt.importKey("pkcs8", der, tipSeal.curve, false, ["deriveBits"]);
  return { own, desk: new Uint8Array([4, ...fromBase64Url(x), ...fromBase64Url(y)]) };
};

const open = async ({ own, desk }, sealed) => {
  const bytes = fromBase64Url(sealed);
  const sender = bytes.slice(0, pointBytes);
  const key = await tipSeal.key(own, sender, sender, desk, "decrypt");
  const padded = await crypt.decrypt(tipSeal.cipher, key, bytes.slice(pointBytes));
  const length = new DataView(padded).getInt32(0);
  return JSON.parse(new TextDecoder().decode(new Uint8Array(padded, 4, length)));
};

const show = (place, text) => {
  find("[data-part=message]", place).textContent = text.message;
  const contact = find("[data-part=contact]", place);
  if (contact) {
    find("bdi", contact).textContent = text.contact;
    contact.hidden = !text.contact;
  }
  place.removeAttribute("data-sealed");
};

const openAll = async (key) => {
  const places = [...document.querySelectorAll("[data-sealed]")];
  const results = await Promise.allSettled(
    places.map(async (place) => show(place, await open(key, place.dataset.sealed))),
  );
  return results.filter((r) => r.status === "rejected").length;
};

if (chooser && crypt) {
  const box = chooser.closest("[data-tip-key]");
  const said = find("[role=status]", box);
  box.hidden = false;
  chooser.addEventListener("change", async () => {
    const [file] = chooser.files;
    if (!file) return;
    try {
      const failed = await openAll(await readKey(file));
      said.textContent = failed ? box.dataset.some : box.dataset.opened;
    } catch {
      said.textContent = box.dataset.bad;
    }
  });
}
