// Two metrics against each other.
let scatterScales = null;

const isOnScatter = point => valueOf(point, state.x) !== null && valueOf(point, state.y) !== null
  && (state.dominated || kindOf(point) !== 'dominated' && kindOf(point) !== 'left-out');
const onScatter = () => model.points.filter(isOnScatter);

// The points of the frontier that none beats in these two metrics, from the best x on.
function staircase(points) {
  const cost = (point, name) => model.metrics.get(name).better === 'min' ? valueOf(point, name) : -valueOf(point, name);
  const steps = [];
  for (const point of points.filter(p => p.standing === 'frontier').sort((a, b) => cost(a, state.x) - cost(b, state.x) || cost(a, state.y) - cost(b, state.y)))
    if (steps.length === 0 || cost(point, state.y) < cost(steps.at(-1), state.y)) steps.push(point);
  return steps;
}

function cornerOf() {
  const [x, y] = [state.x, state.y].map(name => model.document.volume?.corner.find(corner => corner.metric === name));
  return state.corner && x && y && x.value !== null && y.value !== null ? [x.value, y.value] : null;
}

const limitsOf = name => state.limits ? model.document.limits.filter(limit => limit.metric === name && limit.value !== null) : [];

function extent(points, name, corner, zoom) {
  if (zoom) return zoom;
  const values = points.map(point => valueOf(point, name));
  const [low, high] = [Math.min(...values), Math.max(...values)];
  // A limit or the end of a bar that is far away would press the points into a corner.
  const ends = points.filter(point => state.bars === 'all' || state.bars === 'frontier' && point.standing === 'frontier').flatMap(point => [point.metrics[name].low, point.metrics[name].high]).filter(end => end !== null);
  const near = [...limitsOf(name).map(limit => limit.value), ...ends].filter(value => value >= low - (high - low) / 2 && value <= high + (high - low) / 2);
  return [...values, ...near, ...corner === null ? [] : [corner]];
}

function scatterOption(points) {
  const c = colours(), corner = cornerOf(), narrow = find('scatter').clientWidth < 480;
  const xs = scaleOf(extent(points, state.x, corner?.[0] ?? null, state.zoom?.x), state.xLog, narrow ? 3 : 6, state.zoom !== null);
  const ys = scaleOf(extent(points, state.y, corner?.[1] ?? null, state.zoom?.y), state.yLog, 6, state.zoom !== null);
  scatterScales = { xs, ys };
  const option = base(c);
  option.grid = { left: narrow ? 66 : 84, right: 22, top: 18, bottom: 58 };
  option.xAxis = { ...axisOf(xs, titleOf(state.x, xs.log), state.x, c), nameGap: 34, splitLine: { show: false } };
  option.yAxis = { ...axisOf(ys, titleOf(state.y, ys.log), state.y, c), nameGap: narrow ? 50 : 66, splitLine: { show: false } };
  option.series = [lines(xs, ys, corner, c)];
  return option;
}

// The title of an axis, with what its numbers are when they are not measured.
function titleOf(name, log) {
  const provenances = [...new Set(model.points.map(point => point.metrics[name]).filter(number => number && number.value !== null).map(number => number.provenance))];
  const words = [...provenances.length === 1 && provenances[0] !== 'measured' ? provenances : [], ...log ? ['logarithmic'] : []];
  return model.metrics.get(name).title + (words.length > 0 ? ` (${words.join(', ')})` : '');
}

const shownMetrics = () => model.document.objectives.map(objective => objective.metric).filter(name => model.metrics.has(name));

// Limits, and the reference point of the hypervolume.
function lines(xs, ys, corner, c) {
  const line = (limit, axis, scale) => ({ [axis]: scale.to(limit.value), label: { formatter: limit.text, color: c.out, textBorderColor: c.card, textBorderWidth: 3, position: axis === 'xAxis' ? 'end' : 'insideEndTop', rotate: 0, fontSize: 11 } });
  const inside = (limit, scale) => (!scale.log || limit.value > 0) && within(scale.to(limit.value), [scale.min, scale.max]);
  return {
    id: 'limits', type: 'scatter', z: 1, silent: true, symbol: 'rect', symbolSize: 10, itemStyle: { color: c.quiet },
    data: corner && inside({ value: corner[0] }, xs) && inside({ value: corner[1] }, ys)
      ? [{ value: [xs.to(corner[0]), ys.to(corner[1])], label: { show: true, position: 'left', color: c.quiet, formatter: 'reference point' } }] : [],
    markLine: {
      silent: true, symbol: 'none', lineStyle: { color: c.out, type: 'dashed', width: 1.3 },
      data: [...limitsOf(state.x).filter(l => inside(l, xs)).map(l => line(l, 'xAxis', xs)), ...limitsOf(state.y).filter(l => inside(l, ys)).map(l => line(l, 'yAxis', ys))],
    },
  };
}

function drawScatter() {
  const points = state.x && state.y ? onScatter() : [];
  if (points.length === 0) return showEmpty('scatter', state.dominated ? 'No model knows both of these metrics.' : 'No model of the frontier knows both of these metrics.');
  const isNew = !charts.has('scatter');
  const chart = showChart('scatter');
  chart.setOption(scatterOption(points));
  if (isNew) followPointer('scatter', { trialAt: pointAt, metrics: () => [...new Set([state.x, state.y, ...shownMetrics()])], away: leaveLasso });
  placePoints(points);
  paintGrid();
  paintAll();
  drawLegend(points);
  placeLasso();
}

function describeScatter() {
  if (!charts.has('scatter')) return;
  const points = onScatter(), front = points.filter(point => point.standing === 'frontier').length;
  describe('scatter', `${model.metrics.get(state.y).title} over ${model.metrics.get(state.x).title}: ${countOf(points.length)}, ${front} on the frontier`
    + `${model.document.recommended === null ? '' : `; recommended is trial ${model.document.recommended}`}. ${selectedText()}All numbers stand in the table below.`);
  find('zoom-in').disabled = !isFiltered() || chosen().filter(isOnScatter).length < 2;
  find('zoom-out').disabled = state.zoom === null;
}

function clearBrushes() {
  state.brush = null;
  placeLasso();
  clearParallel();
}

// Arrow keys go from point to point in the order of an axis.
function walk(event) {
  const along = { ArrowRight: [state.x, 1], ArrowLeft: [state.x, -1], ArrowUp: [state.y, 1], ArrowDown: [state.y, -1] }[event.key];
  const points = chosen().filter(isOnScatter);
  if (event.key === 'Enter' && state.selected !== null) {
    compareWith(state.selected);
    announce(state.compared.includes(state.selected) ? `trial ${state.selected} is marked to compare` : `trial ${state.selected} is no longer marked`);
  }
  if (!along || points.length === 0) return;
  event.preventDefault();
  points.sort((a, b) => valueOf(a, along[0]) - valueOf(b, along[0]) || a.trial - b.trial);
  const at = points.findIndex(point => point.trial === state.selected);
  const next = points[at < 0 ? 0 : Math.min(points.length - 1, Math.max(0, at + along[1]))];
  select(next.trial);
  announce(`trial ${next.trial}, ${standingOf(next) || 'dominated'}: ${[state.y, state.x].map(name => `${model.metrics.get(name).heading} ${format.metric(name, next.metrics[name])}`).join(', ')}; ${next.settings}`);
}

function startScatterControls() {
  for (const [id, key] of [['x-metric', 'x'], ['y-metric', 'y']])
    find(id).addEventListener('change', event => { state[key] = event.target.value; leaveBrush(); });
  for (const [id, key] of [['x-log', 'xLog'], ['y-log', 'yLog']])
    find(id).addEventListener('change', event => { state[key] = event.target.checked; leaveBrush(); });
  for (const [id, key] of [['show-dominated', 'dominated'], ['show-limits', 'limits'], ['show-corner', 'corner']])
    find(id).addEventListener('change', event => { state[key] = event.target.checked; changed('axes'); });
  find('bars').addEventListener('change', event => { state.bars = event.target.value; changed('axes'); });
  find('zoom-in').addEventListener('click', () => {
    const points = chosen().filter(isOnScatter);
    const span = (name, scale) => { const { min, max } = scaleOf(points.map(point => valueOf(point, name)), scale.log, 6); return [scale.from(min), scale.from(max)]; };
    state.zoom = { x: span(state.x, scatterScales.xs), y: span(state.y, scatterScales.ys) };
    clearBrushes();
    changed('axes', 'filter');
  });
  find('zoom-out').addEventListener('click', () => { state.zoom = null; changed('axes'); });
  find('scatter').addEventListener('keydown', walk);
  view(['data'], () => {
    const options = model.document.metrics.map(metric => [metric.name, metric.title]);
    const objectives = model.document.objectives.filter(objective => model.metrics.has(objective.metric));
    const y = objectives.find(objective => objective.direction === 'max')?.metric ?? 'accuracy';
    choices(find('y-metric'), options, model.metrics.has(y) ? y : undefined);
    const x = objectives.find(objective => objective.direction === 'min' && objective.metric !== y)?.metric;
    choices(find('x-metric'), options, x ?? options.find(([name]) => name !== find('y-metric').value)?.[0]);
    [state.x, state.y] = [find('x-metric').value || null, find('y-metric').value || null];
    find('show-corner').disabled = !model.document.volume;
  });
  view(['theme'], () => stamps.clear());
  view(['data', 'axes', 'theme', 'size'], drawScatter);
  view(['data', 'axes', 'theme', 'size', 'filter', 'selection', 'hover'], paintChosen, { within: 'scatter' });
  view(['data', 'axes', 'filter'], describeScatter, { patient: true });
}

function leaveBrush() {
  state.brush = null;
  state.zoom = null;
  changed('axes', 'filter');
}
