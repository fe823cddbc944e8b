// Keeps one thing: a copy of the front page that was read last, with the files it is made of, for times without a connection.
// Streams, feeds, forms and the desk are never touched. The line before this one names the version, its files and the front pages.
const current = `insights-${site.version}`;

// How long the site may take, in ms, before the copy is shown.
const patience = 3_000;

const isFront = (address) => {
  const { pathname, search } = new URL(address);
  return search === "" && site.fronts.includes(pathname);
};

const kept = async (name) => (await (await caches.open(name)).keys()).map((request) => request.url);

/** Keeps a front page in place of the one before. */
const keep = async (address, answer) => {
  if (answer.status !== 200 || answer.redirected) return;
  const cache = await caches.open(current);
  await cache.put(address, answer);
  for (const other of await kept(current)) {
    if (isFront(other) && other !== address) await cache.delete(other);
  }
};

/** The copy, with the mark that makes it say so. */
const marked = async (copy) => {
  const headers = new Headers(copy.headers);
  headers.delete("content-encoding");
  headers.delete("content-length");
  return new Response((await copy.text()).replace("<html", "<html data-copy"), { headers });
};

/** Without a connection every page leads to the front page that is kept. */
const elsewhere = async () => {
  for (const name of await caches.keys()) {
    const front = (await kept(name)).find(isFront);
    if (front) return Response.redirect(front);
  }
  return Response.error();
};

const front = async (event) => {
  const address = event.request.url;
  // Asked anew: the browser's own cache would answer for a site that is away.
  const fresh = fetch(address, { cache: "no-cache" });
  event.waitUntil(fresh.then((answer) => keep(address, answer.clone())).catch(() => {}));
  const copy = await caches.match(address, { ignoreVary: true });
  if (!copy) return fresh.catch(elsewhere);
  const late = new Promise((resolve) => setTimeout(resolve, patience));
  return (await Promise.race([fresh.catch(() => null), late])) ?? marked(copy);
};

// The front page that is open, or was kept by the version before, is kept anew; then that version goes.
const succeed = async () => {
  const before = (await caches.keys()).filter((name) => name.startsWith("insights-") && name !== current);
  const open = await self.clients.matchAll({ includeUncontrolled: true, type: "window" });
  const read = [...open.map((client) => client.url), ...(await Promise.all(before.map(kept))).flat()].find(isFront);
  if (read) await keep(read, await fetch(read));
  await Promise.all(before.map((name) => caches.delete(name)));
};

self.addEventListener("install", (event) => {
  self.skipWaiting();
  event.waitUntil(caches.open(current).then((cache) => cache.addAll(site.files)));
});

self.addEventListener("activate", (event) => {
  // Without a connection the version before stays and serves.
  event.waitUntil(Promise.all([self.clients.claim(), succeed().catch(() => {})]));
});

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (request.method !== "GET" || origin !== location.origin || pathname.startsWith("/desk")) return;
  if (pathname.startsWith("/assets/")) {
    event.respondWith(caches.match(request, { ignoreVary: true }).then((file) => file ?? fetch(request)));
  } else if (request.mode === "navigate") {
    event.respondWith(isFront(request.url) ? front(event) : fetch(request).catch(elsewhere));
  }
});
