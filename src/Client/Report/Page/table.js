// Every model, to sort and to look through page by page.
const rowsOfPage = 50;

const columns = () => [
  { key: 'trial', title: 'trial', number: true, of: point => point.trial },
  { key: 'standing', title: 'standing', of: standingOf },
  ...model.document.parameters.map(parameter => ({ key: parameter.key, title: parameter.key, of: point => settingOf(point, parameter.key) ?? null, parameter: true })),
  ...model.document.metrics.map(metric => ({ key: metric.name, title: metric.heading, number: true, of: point => valueOf(point, metric.name), metric: true })),
];

function sorted(points) {
  const column = columns().find(each => each.key === state.sort) ?? columns()[0];
  const compare = (a, b) => typeof a === 'number' && typeof b === 'number' ? a - b : String(a).localeCompare(String(b), 'en', { numeric: true });
  // What is not known comes last, whichever way it is sorted.
  return points.map(point => [column.of(point), point]).sort(([a, first], [b, second]) => {
    const [noA, noB] = [a === null || a === '', b === null || b === ''];
    return noA || noB ? noA - noB || first.trial - second.trial : (state.down ? -1 : 1) * compare(a, b) || first.trial - second.trial;
  }).map(([, point]) => point);
}

function heads() {
  return make('tr', null, make('th', { scope: 'col' }, make('span', { class: 'visually-hidden' }, 'compare')), columns().map(column => make('th', {
    scope: 'col', class: column.number && 'number', 'aria-sort': state.sort === column.key ? state.down ? 'descending' : 'ascending' : 'none',
  }, make('button', {
    type: 'button', 'data-sort': column.key, on: {
      click: () => {
        // Best first, then the other way round.
        const better = model.metrics.get(column.key)?.better;
        state.down = state.sort === column.key ? !state.down : better === 'max';
        state.sort = column.key;
        state.page = 0;
        changed('table');
      },
    },
  }, column.title))));
}

function cell(column, point) {
  if (column.key === 'trial') return make('td', { class: 'number' }, make('button', { type: 'button', class: 'text', 'data-trial': point.trial, on: { click: event => { event.stopPropagation(); select(point.trial); } } }, String(point.trial)));
  if (column.key === 'standing') return make('td', { class: point.standing === 'frontier' ? 'frontier-word' : point.standing === 'left-out' ? 'out-word' : null, title: point.reason }, standingOf(point));
  if (!column.metric) return make('td', null, make('bdi', null, format.setting(settingOf(point, column.key))));
  const range = format.interval(column.key, point.metrics[column.key]);
  return make('td', { class: 'number' }, format.metric(column.key, point.metrics[column.key]), range && make('span', { class: 'range' }, range));
}

function row(point) {
  const isCompared = state.compared.includes(point.trial);
  return make('tr', {
    class: state.selected === point.trial && 'selected',
    on: {
      click: () => select(point.trial),
      mouseenter: () => hover(point.trial),
      mouseleave: () => hover(null),
    },
  }, make('td', null, make('input', { type: 'checkbox', checked: isCompared, 'aria-label': `compare trial ${point.trial}`, 'data-compare': point.trial, on: { click: event => event.stopPropagation(), change: () => compareWith(point.trial) } })),
  columns().map(column => cell(column, point)));
}

// The focus stays on the same thing when the table is made anew.
function keepFocus(element, draw) {
  const focused = element.contains(document.activeElement) ? document.activeElement.dataset : null;
  const selector = focused?.sort ? `[data-sort="${CSS.escape(focused.sort)}"]` : focused?.trial ? `[data-trial="${focused.trial}"]` : focused?.compare ? `[data-compare="${focused.compare}"]` : null;
  draw();
  if (selector) element.querySelector(selector)?.focus({ preventScroll: true });
}

function drawTable() {
  const points = sorted(chosen());
  const pages = Math.max(1, Math.ceil(points.length / rowsOfPage));
  state.page = Math.min(state.page, pages - 1);
  const shown = points.slice(state.page * rowsOfPage, (state.page + 1) * rowsOfPage);
  keepFocus(find('table'), () => fill(find('table'), make('thead', null, heads()), make('tbody', null, shown.map(row))));
  find('page-text').textContent = `${state.page + 1} of ${pages}`;
  find('page-back').disabled = state.page === 0;
  find('page-on').disabled = state.page >= pages - 1;
  find('page-text').parentElement.hidden = pages === 1;
}

function startTable() {
  find('page-back').addEventListener('click', () => { state.page--; changed('table'); });
  find('page-on').addEventListener('click', () => { state.page++; changed('table'); });
  view(['data', 'table', 'selection'], drawTable);
  view(['filter'], drawTable, { patient: true });
  view(['data', 'filter'], () => { find('count').textContent = `${chosen().length} of ${countOf(model.points.length)}${isFiltered() ? ` ${chosen().length === 1 ? 'is' : 'are'} selected` : ''}.`; });
}
