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
