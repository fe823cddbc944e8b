// The copy of the last front page. Pages that tell of a mistake have no manifest, and start no worker.
if ("serviceWorker" in navigator && find("link[rel=manifest]")) {
  const policy = window.trustedTypes?.createPolicy("app", { createScriptURL: () => "/sw.js" });
  navigator.serviceWorker.register(policy?.createScriptURL("") ?? "/sw.js").catch(() => {}); // No worker: no copy.
}
