// Suggestions while a search is being written: a combobox with a list below it (WAI-ARIA Authoring Practices, "Combobox"). The list lies over
// the page, so nothing moves. Without script the results page shows the same suggestions.

const pauseMs = 150;

/** Gives one search field its list. */
const suggest = (field) => {
  const list = make('ul', { id: `${field.id}-suggestions`, className: 'suggestions', hidden: true });
  list.setAttribute('role', 'listbox');
  list.setAttribute('aria-label', field.dataset.suggestions);
  field.parentElement.append(list);
  for (const [name, value] of Object.entries({
    role: 'combobox',
    'aria-autocomplete': 'list',
    'aria-controls': list.id,
    'aria-expanded': 'false',
  })) {
    field.setAttribute(name, value);
  }

  let asked = null;
  let timer = 0;

  const open = (shown) => {
    list.hidden = !shown;
    field.setAttribute('aria-expanded', String(shown));
    if (!shown) {
      choose(null);
    }
  };

  const chosen = () => find('[aria-selected="true"]', list);

  const choose = (option) => {
    chosen()?.setAttribute('aria-selected', 'false');
    option?.setAttribute('aria-selected', 'true');
    option?.scrollIntoView({ block: 'nearest' });
    if (option) {
      field.setAttribute('aria-activedescendant', option.id);
    } else {
      field.removeAttribute('aria-activedescendant');
    }
  };

  const option = ({ kind, text, lang, path }, number) => {
    const item = make('li', { id: `${list.id}-${number}` }, make('bdi', { textContent: text, lang }), ' ', make('span', { className: 'meta', textContent: kind }));
    item.setAttribute('role', 'option');
    item.setAttribute('aria-selected', 'false');
    item.dataset.path = path;
    return item;
  };

  const ask = async () => {
    asked?.abort();
    asked = new AbortController();
    const written = field.value.trim();
    if (written.length < 2) {
      open(false);
      return;
    }
    try {
      const answer = await fetch(`${field.dataset.suggest}?q=${encodeURIComponent(written)}`, { signal: asked.signal });
      const found = answer.ok ? await answer.json() : [];
      list.replaceChildren(...found.map(option));
      open(found.length > 0 && document.activeElement === field);
    } catch {
      // A newer question took its place, or the network is away: the field works as before.
    }
  };

  const move = (step) => {
    const options = [...list.children];
    const next = options.indexOf(chosen()) + step;
    choose(next < -1 ? options.at(-1) : (options[next] ?? null));
  };

  field.addEventListener('input', () => {
    clearTimeout(timer);
    timer = setTimeout(ask, pauseMs);
  });
  field.addEventListener('blur', () => open(false));
  field.addEventListener('keydown', (event) => {
    if (list.hidden) {
      if (event.key === 'ArrowDown' && list.children.length > 0) {
        open(true);
        move(1);
        event.preventDefault();
      }
      return;
    }
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      move(event.key === 'ArrowDown' ? 1 : -1 - (chosen() ? 0 : 1));
      event.preventDefault();
    } else if (event.key === 'Escape') {
      open(false);
      event.preventDefault();
    } else if (event.key === 'Enter' && chosen()) {
      location.assign(chosen().dataset.path);
      event.preventDefault();
    }
  });
  // Before the field loses its focus, which would close the list.
  list.addEventListener('pointerdown', (event) => event.preventDefault());
  list.addEventListener('click', (event) => {
    const item = event.target.closest('[role="option"]');
    if (item) {
      location.assign(item.dataset.path);
    }
  });
};

document.querySelectorAll('[data-suggest]').forEach(suggest);
