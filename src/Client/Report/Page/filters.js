// Which points are chosen, by all that the user has brushed, searched and filtered.
const within = (value, [low, high]) => value !== null && value !== undefined && value >= low && value <= high;

// The place of a point on an axis of the parallel coordinates.
function onAxis(point, axis) {
  if (axis.metric) return valueOf(point, axis.metric) === null ? null : axis.toPlace(valueOf(point, axis.metric));
  const setting = settingOf(point, axis.key);
  return setting === undefined && !axis.words ? null : axis.toPlace(setting);
}

function passesAxes(point) {
  for (const { axis, intervals } of state.axes.values())
    if (!intervals.some(interval => within(onAxis(point, axis), [Math.min(...interval), Math.max(...interval)]))) return false;
  return true;
}

function passesRest(point) {
  if (state.standing === 'frontier' && point.standing !== 'frontier') return false;
  if (state.standing === 'kept' && point.standing === 'left-out') return false;
  if (state.standing === 'left-out' && point.standing !== 'left-out') return false;
  if (state.brush && !(within(valueOf(point, state.brush.x), state.brush.xRange) && within(valueOf(point, state.brush.y), state.brush.yRange))) return false;
  for (const [key, { low, high }] of state.ranges) {
    const value = model.metrics.has(key) ? valueOf(point, key) : settingOf(point, key);
    if (typeof value !== 'number' || value < low || value > high) return false;
  }
  for (const [key, values] of state.excluded) if (values.has(format.setting(settingOf(point, key)))) return false;
  if (state.text === '') return true;
  const text = `${point.trial} ${point.settings} ${standingOf(point)} ${point.notes.join(' ')}`.toLowerCase();
  return state.text.toLowerCase().split(/\s+/).every(word => text.includes(word));
}

// Worked out once for all views.
let kept = null;
const chosen = () => kept ??= model.points.filter(point => passesRest(point) && passesAxes(point));
const isFiltered = () => state.brush !== null || state.axes.size > 0 || state.ranges.size > 0 || state.excluded.size > 0 || state.text !== '' || state.standing !== 'all';

const selectedText = () => isFiltered() ? `${chosen().length} ${chosen().length === 1 ? 'is' : 'are'} selected. ` : '';

function clearFilters() {
  state.axes.clear();
  state.ranges.clear();
  state.excluded.clear();
  state.text = '';
  state.standing = 'all';
  state.page = 0;
  find('search').value = '';
  find('standing').value = 'all';
  buildFilters();
  clearBrushes();
  changed('filter', 'table');
}

// The controls: a box for each value of a word or a short list, else the two ends of a range.
const mostBoxes = 8;
let built = '';

function buildFilters(onlyIfChanged = false) {
  const parameters = model.document.parameters.map(parameter => ({ key: parameter.key, title: parameter.key, values: distinct(parameter.key) })).filter(p => p.values.length > 0);
  const metrics = model.document.metrics.map(metric => ({ key: metric.name, title: `${metric.heading}${metric.unit === '1' ? '' : ` in ${metric.unit === 'By' ? 'B' : metric.unit}`}` }));
  const isBoxes = field => field.values && (field.values.length <= mostBoxes || field.values.some(value => typeof value !== 'number'));
  const shape = JSON.stringify([...parameters, ...metrics].map(field => [field.key, isBoxes(field) && field.values]));
  if (onlyIfChanged && shape === built) return;
  built = shape;
  fill(find('filters'), [...parameters, ...metrics].map(field => make('fieldset', null, make('legend', null, field.title),
    isBoxes(field) ? boxes(field) : ends(field))));
}

function boxes({ key, values }) {
  const unset = model.points.some(point => settingOf(point, key) === undefined) ? [undefined] : [];
  return [...unset, ...values].map(value => {
    const text = format.setting(value);
    return make('label', null, make('input', {
      type: 'checkbox', checked: !state.excluded.get(key)?.has(text), on: {
        change: event => {
          const out = state.excluded.get(key) ?? new Set();
          if (event.target.checked) out.delete(text); else out.add(text);
          if (out.size > 0) state.excluded.set(key, out); else state.excluded.delete(key);
          state.page = 0;
          changed('filter', 'table');
        },
      },
    }), value === undefined ? 'not in effect' : text);
  });
}

function ends({ key }) {
  const range = state.ranges.get(key);
  const inputs = ['from', 'to'].map((word, i) => make('input', { type: 'number', step: 'any', 'aria-label': `${key} ${word}`, placeholder: word }));
  if (Number.isFinite(range?.low)) inputs[0].value = range.low;
  if (Number.isFinite(range?.high)) inputs[1].value = range.high;
  for (const input of inputs)
    input.addEventListener('input', () => {
      const [low, high] = inputs.map(i => i.value === '' ? null : Number(i.value));
      if (low === null && high === null) state.ranges.delete(key);
      else state.ranges.set(key, { low: low ?? -Infinity, high: high ?? Infinity });
      state.page = 0;
      changed('filter', 'table');
    });
  return inputs;
}

function startFilters() {
  find('search').addEventListener('input', event => { state.text = event.target.value.trim(); state.page = 0; changed('filter', 'table'); });
  find('standing').addEventListener('change', event => { state.standing = event.target.value; state.page = 0; changed('filter', 'table'); });
  for (const button of document.querySelectorAll('.clear')) button.addEventListener('click', clearFilters);
  view(['data'], () => buildFilters(true));
  view(['data', 'filter'], () => { for (const button of document.querySelectorAll('.clear')) button.disabled = !isFiltered(); });
}
