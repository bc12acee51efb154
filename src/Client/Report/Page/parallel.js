// The settings and what came of them: an axis for each swept parameter and each objective, a line for each model.
const mostWords = 14;
let parallelAxes = [];

// Position of each line that is drawn.
let linesOnParallel = new Map();

// A parameter with words, or that is not always in effect, gets a place for each value; other numbers a scale.
function parameterAxis(parameter) {
  const values = distinct(parameter.key), isUnset = model.points.some(point => settingOf(point, parameter.key) === undefined);
  if (values.length === 0) return null;
  if (values.every(value => typeof value === 'number') && (values.length > mostWords || !isUnset && values.length > 6)) {
    const positive = values[0] > 0;
    const scale = scaleOf(values, positive && (parameter.logarithmic || values.at(-1) / values[0] > 100), 5);
    return { key: parameter.key, id: parameter.key, name: parameter.key, scale, toPlace: scale.to, label: place => String(Number(scale.from(place).toPrecision(3))) };
  }
  const words = [...isUnset ? ['–'] : [], ...values.map(format.setting)];
  return { key: parameter.key, id: parameter.key, name: parameter.key, words, toPlace: value => words.indexOf(format.setting(value)) };
}

function metricAxis(name) {
  const values = model.points.map(point => valueOf(point, name)).filter(value => value !== null);
  if (values.length === 0) return null;
  const min = Math.min(...values), scale = scaleOf(values, min > 0 && Math.max(...values) / min > 20, 5);
  return { metric: name, id: `metric ${name}`, name: model.metrics.get(name).heading, scale, toPlace: scale.to, label: place => format.value(name, scale.from(place)) };
}

// From the worst to the best: the eye finds the good ones.
function lineColours(c) {
  const metric = model.metrics.get(state.colour);
  const values = model.points.map(point => valueOf(point, state.colour)).filter(value => value !== null).sort((a, b) => a - b);
  const dark = matchMedia('(prefers-color-scheme: dark)').matches;
  return point => {
    const value = valueOf(point, state.colour);
    if (!metric || value === null || values.length < 2) return c.dominated;
    const rank = values.indexOf(value) / (values.length - 1), good = metric.better === 'max' ? rank : 1 - rank;
    return `hsl(${(265 - 110 * good).toFixed(0)} ${(45 + 30 * good).toFixed(0)}% ${(dark ? 45 + 25 * good : 62 - 26 * good).toFixed(0)}%)`;
  };
}

function parallelOption() {
  const c = colours(), narrow = find('parallel').clientWidth < 640, colourOf = lineColours(c);
  const option = base(c);
  const points = model.points.filter(passesRest), dense = points.length > manyLines;
  linesOnParallel = new Map(points.map((point, i) => [point.trial, i]));
  option.parallel = {
    layout: narrow ? 'vertical' : 'horizontal', left: narrow ? 30 : 60, right: narrow ? 30 : 70, top: narrow ? 40 : 46, bottom: narrow ? 30 : 26,
    parallelAxisDefault: { nameLocation: 'end', nameGap: narrow ? 8 : 18, realtime: !dense, areaSelectStyle: { width: 18, color: c.mark, opacity: 0.28, borderColor: c.mark } },
  };
  const label = { color: c.quiet, textBorderColor: c.card, textBorderWidth: 3 };
  option.parallelAxis = parallelAxes.map((axis, dim) => ({
    dim, id: axis.id, name: axis.name, nameTextStyle: { color: c.ink, fontSize: 12, ...narrow ? { align: 'right', verticalAlign: 'bottom', padding: [0, 0, 10, 0] } : {} },
    axisLine: { lineStyle: { color: c.line, width: 1.4 } }, axisTick: { lineStyle: { color: c.line } },
    ...axis.words
      ? { type: 'category', data: axis.words, axisLabel: { ...label, hideOverlap: true } }
      : { type: 'value', min: axis.scale.min, max: axis.scale.max, axisTick: { customValues: axis.scale.ticks }, axisLabel: { ...label, customValues: axis.scale.ticks, hideOverlap: true, formatter: axis.label } },
  }));
  const line = (point, style) => ({ value: parallelAxes.map(axis => onAxis(point, axis) ?? '-'), trial: point.trial, lineStyle: style });
  option.series = [
    { id: 'lines', type: 'parallel', smooth: false, inactiveOpacity: 0.03, activeOpacity: dense ? 0.5 : 0.8, zlevel: -1, emphasis: { lineStyle: { width: 3, opacity: 1 } }, lineStyle: { width: dense ? 0.9 : 1.5, opacity: dense ? 0.35 : 0.7 }, data: points.map(point => line(point, { color: colourOf(point) })) },
    lookedAt(line, c),
  ];
  option.tooltip.formatter = params => params.data?.trial === undefined ? '' : tipOf(model.byTrial.get(params.data.trial), shownMetrics());
  return option;
}

const lookedAt = (line, c) => ({
  id: 'looked-at', type: 'parallel', z: 10, silent: true, inactiveOpacity: 1, activeOpacity: 1,
  data: [[state.selected, c.mark, 3.5], ...state.compared.map(trial => [trial, c.reference, 3])]
    .filter(([trial]) => trial !== null && model.byTrial.has(trial)).map(([trial, color, width]) => line(model.byTrial.get(trial), { color, width, opacity: 1 })),
});

// What was brushed stays brushed when new models come, unless their values have moved the places on the axis.
function keepIntervals() {
  for (const [id, kept] of state.axes) {
    const axis = parallelAxes.find(each => each.id === id);
    if (axis && String(axis.words) === String(kept.axis.words) && axis.scale?.log === kept.axis.scale?.log) kept.axis = axis;
    else {
      state.axes.delete(id);
      changed('filter');
    }
  }
}

const manyLines = 300;

function drawParallel(topics) {
  // Many lines wait until the hand lets go.
  if (isDragging && model.points.length > manyLines) return;
  parallelAxes = [...model.document.parameters.map(parameterAxis), ...shownMetrics().map(metricAxis)].filter(axis => axis);
  keepIntervals();
  if (model.points.length === 0 || parallelAxes.length < 2) return showEmpty('parallel', model.points.length === 0 ? 'No model is measured yet.' : 'Nothing was swept.');
  const isNew = !charts.has('parallel');
  const narrow = find('parallel').clientWidth < 640;
  find('parallel').style.height = `${narrow ? 70 + 66 * parallelAxes.length : 340}px`;
  const chart = showChart('parallel');
  // A brush along an axis dims lines by itself; to draw all anew under the pointer would end it.
  if (isNew || !(topics.size === 1 && topics.has('filter') && brushingAxis)) chart.setOption(parallelOption());
  brushingAxis = false;
  if (isNew) chart.on('axisareaselected', event => {
    if (isClearing) return;
    const axis = parallelAxes.find(each => each.id === event.parallelAxisId);
    if (!axis) return;
    if (event.intervals.length === 0) state.axes.delete(axis.id); else state.axes.set(axis.id, { axis, intervals: event.intervals });
    brushingAxis = true;
    state.page = 0;
    changed('filter');
  });
  if (isNew) chart.on('click', params => { if (params.data?.trial !== undefined) select(params.data.trial); });
  describe('parallel', `A line for each of ${model.points.length} models over ${parallelAxes.map(axis => axis.name).join(', ')}. ${isFiltered() ? `${chosen().length} are selected. ` : ''}All values stand in the table below.`);
}

let brushingAxis = false, isClearing = false;

function clearParallel() {
  isClearing = true;
  for (const axis of parallelAxes) charts.get('parallel')?.dispatchAction({ type: 'axisAreaSelect', parallelAxisId: axis.id, intervals: [] });
  isClearing = false;
}

function startParallel() {
  find('colour-by').addEventListener('change', event => { state.colour = event.target.value; changed('axes'); });
  view(['data'], () => {
    choices(find('colour-by'), model.document.metrics.map(metric => [metric.name, metric.title]), shownMetrics()[0]);
    state.colour = find('colour-by').value || null;
  });
  view(['data', 'axes', 'filter', 'theme', 'size'], drawParallel);
  view(['hover'], () => emphasize('parallel', linesOnParallel.has(state.hovered) ? { seriesId: 'lines', dataIndex: linesOnParallel.get(state.hovered) } : undefined));
  view(['selection'], () => {
    const line = (point, style) => ({ value: parallelAxes.map(axis => onAxis(point, axis) ?? '-'), trial: point.trial, lineStyle: style });
    charts.get('parallel')?.setOption({ series: [lookedAt(line, colours())] });
  });
}
