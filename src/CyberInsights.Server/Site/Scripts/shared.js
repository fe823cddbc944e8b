// What several scripts of the site use. All files of this folder become one module: this one first, each other one in a block of its own,
// so that its names are its own. Everything works without script; a script only adds. Markup is never made of text: the policy of the
// site refuses it, so nodes are built.

/** The first element that matches, or null. */
const find = (selector, within = document) => within.querySelector(selector);

/** A new element with text or children. */
const make = (name, properties = {}, ...children) => {
  const element = Object.assign(document.createElement(name), properties);
  element.append(...children);
  return element;
};

/** What the reader's own browser keeps for the site; nothing of it is ever sent. A browser that keeps nothing gives null. */
const kept = {
  read(key) {
    try {
      return JSON.parse(localStorage.getItem(`insights.${key}`));
    } catch {
      return null;
    }
  },
  write(key, value) {
    try {
      localStorage.setItem(`insights.${key}`, JSON.stringify(value));
    } catch {
      // A browser that keeps nothing, or is full: the reader loses a convenience.
    }
  },
  remove(key) {
    try {
      localStorage.removeItem(`insights.${key}`);
    } catch {
      // A browser that keeps nothing has nothing to remove.
    }
  },
  /** The keys that begin so. */
  keys(beginning) {
    try {
      const own = Object.keys(localStorage).filter((key) => key.startsWith(`insights.${beginning}`));
      return own.map((key) => key.slice("insights.".length));
    } catch {
      return [];
    }
  },
};

/** Another page of the site as a document, which the browser makes of it, so that no markup is made of text here. */
const page = (address) =>
  new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open("GET", address);
    request.responseType = "document";
    request.timeout = 10_000;
    request.onloadend = () =>
      request.status === 200 && request.response ? resolve(request.response) : reject(new Error(`No page: ${address}`));
    request.send();
  });

const fromBase64Url = (s) =>
  Uint8Array.from(atob(s.replaceAll("-", "+").replaceAll("_", "/")), (c) => c.charCodeAt(0));

/** What sealing and opening a message to the desk have in common; docs/tips.md tells the format. */
const tipSeal = {
  curve: { name: "ECDH", namedCurve: "P-256" },
  label: new TextEncoder().encode("insights-tip-1"),
  get cipher() {
    return { name: "AES-GCM", iv: new Uint8Array(12), additionalData: this.label };
  },
  /** The key of one message, of one's own private key and the other's point; those of sender and desk go into it. */
  async key(own, other, sender, desk, use) {
    const crypt = crypto.subtle;
    const point = await crypt.importKey("raw", other, this.curve, false, []);
    const secret = await crypt.deriveBits({ name: "ECDH", public: point }, own, 256);
    const base = await crypt.importKey("raw", secret, "HKDF", false, ["deriveKey"]);
    const salt = new Uint8Array([...sender, ...desk]);
    const derivation = { name: "HKDF", hash: "SHA-256", salt, info: this.label };
    return crypt.deriveKey(derivation, base, { name: "AES-GCM", length: 256 }, false, [use]);
  },
};
