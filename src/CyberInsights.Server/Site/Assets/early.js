try {
  const { dataset } = document.documentElement;
  dataset.script = "";
  const kept = (key) => JSON.parse(localStorage.getItem(`insights.${key}`));
  const { before, last } = kept("visit") ?? {};
  if (before || Date.now() - last > 18e5) dataset.returning = "";
  dataset.theme = kept("theme") ?? dataset.theme;
} catch {}
