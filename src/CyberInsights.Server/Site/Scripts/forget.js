// Everything that this browser keeps for the site goes.
const forget = async () => {
  Object.keys(localStorage)
    .filter((key) => key.startsWith("insights."))
    .forEach((key) => localStorage.removeItem(key));
  for (const worker of await navigator.serviceWorker?.getRegistrations() ?? []) await worker.unregister();
  for (const name of await window.caches?.keys() ?? []) await caches.delete(name);
  find("[data-forgotten]").hidden = false;
};

find("[data-forget-all]")?.addEventListener("click", forget);
