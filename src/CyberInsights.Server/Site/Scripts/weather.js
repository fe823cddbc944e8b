// The weather of the place and in the units that the reader chose. The choice is kept in this browser alone; it is sent only with the
// question for its weather. The place for the values is there already, so that nothing moves when they come.

const CHOICE = "weather";
const SHOWN = "weather-shown";
const FRESH = 10 * 60_000;

const chosen = kept.read(CHOICE) ?? {};

// Each text gets a new element: values of another length then push nothing along their row, not even each other.
const show = (box, weather) => {
  for (const part of box.querySelectorAll("[data-is]")) {
    const next = part.cloneNode();
    next.textContent = weather[part.dataset.is] ?? "";
    part.replaceWith(next);
  }
  find("use", box).setAttribute("href", `#${weather.mark}`);
};

/** Where a box is asked for: what its own address names, then what the reader chose. */
const addressOf = (box) => {
  const address = new URL(box.dataset.weather, location.href);
  for (const [name, value] of Object.entries(chosen))
    if (!address.searchParams.has(name)) address.searchParams.set(name, value);
  return address.href;
};

const fill = async (box) => {
  const address = addressOf(box);
  const last = kept.read(SHOWN);
  if (last?.address === address && Date.now() - last.at < FRESH) return show(box, last.weather);
  try {
    const answer = await fetch(address);
    if (!answer.ok) return;
    const weather = await answer.json();
    show(box, weather);
    if (weather.temperature) kept.write(SHOWN, { address, at: Date.now(), weather });
  } catch {
    // Nobody answers: what the page shows stays.
  }
};

const choose = (choice) => {
  for (const [name, value] of Object.entries(choice)) chosen[name] = value;
  kept.write(CHOICE, chosen);
};

for (const box of document.querySelectorAll("[data-weather]")) {
  const known = find("[data-is=temperature]", box).textContent !== "";
  if (!known || Object.keys(chosen).length > 0) fill(box);
}

for (const link of document.querySelectorAll("a[data-place]"))
  link.addEventListener("click", () => choose({ place: link.dataset.place }));

const units = find("form[data-units]");
if (units) {
  const named = new URLSearchParams(location.search);
  for (const name of ["temperature", "wind"])
    if (chosen[name] && !named.has(name)) units.elements[name].value = chosen[name];
  units.addEventListener("submit", () => choose(Object.fromEntries(new FormData(units))));
}

const forget = find("button[data-forget]");
if (forget) {
  forget.classList.remove("await");
  forget.addEventListener("click", () => {
    kept.write(CHOICE, {});
    location.assign(location.pathname);
  });
}
