// Two metrics against each other.
const star = 'path://M50 3 61 37 97 37 68 58 79 93 50 72 21 93 32 58 3 37 39 37Z';
const cross = 'path://M0 14 14 0 50 36 86 0 100 14 64 50 100 86 86 100 50 64 14 100 0 86 36 50Z';
const kinds = ['left-out', 'dominated', 'reference', 'frontier', 'recommended'];
const looks = c => ({
  'left-out': { symbol: cross, symbolSize: 9, itemStyle: { color: c.out } },
  dominated: { symbol: 'circle', symbolSize: 9, itemStyle: { color: 'transparent', borderColor: c.dominated, borderWidth: 1.6 } },
  reference: { symbol: 'diamond', symbolSize: 17, itemStyle: { color: c.reference, borderColor: c.card, borderWidth: 1 } },
  frontier: { symbol: 'circle', symbolSize: 12, itemStyle: { color: c.frontier, borderColor: c.card, borderWidth: 1 } },
  recommended: { symbol: star, symbolSize: 22, itemStyle: { color: c.frontier, borderColor: c.ink, borderWidth: 1.2 } },
});

let scatterScales = null;

// Series and position of each point that is drawn.
let placesOnScatter = new Map();

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
  const c = colours(), look = looks(c), corner = cornerOf(), narrow = find('scatter').clientWidth < 480;
  const filtered = isFiltered(), inside = new Set(chosen()), keep = point => inside.has(point);
  placesOnScatter = new Map();
  const xs = scaleOf(extent(points, state.x, corner?.[0] ?? null, state.zoom?.x), state.xLog, narrow ? 3 : 6, state.zoom !== null);
  const ys = scaleOf(extent(points, state.y, corner?.[1] ?? null, state.zoom?.y), state.yLog, 6, state.zoom !== null);
  scatterScales = { xs, ys };
  const place = point => [xs.to(valueOf(point, state.x)), ys.to(valueOf(point, state.y))];
  const option = base(c);
  option.grid = { left: narrow ? 66 : 84, right: 22, top: 18, bottom: 58 };
  option.xAxis = { ...axisOf(xs, titleOf(state.x, xs.log), state.x, c), nameGap: 34 };
  option.yAxis = { ...axisOf(ys, titleOf(state.y, ys.log), state.y, c), nameGap: narrow ? 50 : 66 };
  option.tooltip.formatter = params => params.data?.trial === undefined ? '' : tipOf(model.byTrial.get(params.data.trial), [...new Set([state.x, state.y, ...shownMetrics()])]);
  option.series = kinds.map(kind => ({
    id: kind, type: 'scatter', clip: true, z: 3 + kinds.indexOf(kind), ...look[kind], emphasis: { scale: 1.5, itemStyle: { opacity: 1, borderColor: c.ink, borderWidth: 2 } },
    data: points.filter(point => kindOf(point) === kind).map((point, i) => ({
      value: place(point), trial: (placesOnScatter.set(point.trial, { seriesId: kind, dataIndex: i }), point.trial),
      itemStyle: { opacity: !filtered || keep(point) ? 1 : 0.13, ...isMeasured(point) ? {} : { borderType: [3, 2], borderColor: kind === 'dominated' ? c.dominated : c.ink, borderWidth: 1.4 } },
    })),
  }));
  option.series.push(stairs(points, place, c), errorBars(points, filtered ? keep : () => true, xs, ys, c), rings(points, place, c), lines(xs, ys, corner, c));
  return option;
}

const isMeasured = point => [state.x, state.y].every(name => point.metrics[name]?.provenance === 'measured');

// The title of an axis, with what its numbers are when they are not measured.
function titleOf(name, log) {
  const provenances = [...new Set(model.points.map(point => point.metrics[name]).filter(number => number && number.value !== null).map(number => number.provenance))];
  const words = [...provenances.length === 1 && provenances[0] !== 'measured' ? provenances : [], ...log ? ['logarithmic'] : []];
  return model.metrics.get(name).title + (words.length > 0 ? ` (${words.join(', ')})` : '');
}

const shownMetrics = () => model.document.objectives.map(objective => objective.metric).filter(name => model.metrics.has(name));

function stairs(points, place, c) {
  const data = [];
  for (const point of staircase(points)) {
    const [x, y] = place(point);
    if (data.length > 0) data.push([x, data.at(-1)[1]]);
    data.push([x, y]);
  }
  return { id: 'stairs', type: 'line', z: 2, silent: true, symbol: 'none', clip: true, lineStyle: { color: c.frontier, width: 1.4, type: [5, 4], opacity: 0.8 }, data };
}

function errorBars(points, keep, xs, ys, c) {
  const shown = state.bars === 'none' ? [] : points.filter(point => (state.bars === 'all' || point.standing === 'frontier' || isReference(point)) && keep(point));
  const ends = (number, scale) => number.low !== null && number.high !== null && number.high > number.low && (!scale.log || number.low > 0)
    ? [scale.to(number.low), scale.to(number.high)] : [scale.to(number.value), scale.to(number.value)];
  return {
    id: 'bars', type: 'custom', z: 2, zlevel: 0, silent: true, clip: true, encode: { x: 0, y: 1 },
    data: shown.map(point => [xs.to(valueOf(point, state.x)), ys.to(valueOf(point, state.y)), ...ends(point.metrics[state.x], xs), ...ends(point.metrics[state.y], ys)]),
    renderItem: (_, api) => {
      const [x, y] = [api.value(0), api.value(1)];
      const line = (from, to) => {
        const [a, b] = [api.coord(from), api.coord(to)];
        return { type: 'line', shape: { x1: a[0], y1: a[1], x2: b[0], y2: b[1] }, style: { stroke: c.quiet, lineWidth: 1.1, opacity: 0.75 } };
      };
      return { type: 'group', children: [line([api.value(2), y], [api.value(3), y]), line([x, api.value(4)], [x, api.value(5)])] };
    },
  };
}

// Rings around what is looked at.
function rings(points, place, c) {
  const ring = (trial, colour, size) => {
    const point = trial === null ? undefined : model.byTrial.get(trial);
    return point && isOnScatter(point) && points.includes(point)
      ? [{ value: place(point), symbolSize: size, itemStyle: { borderColor: colour } }] : [];
  };
  return {
    id: 'rings', type: 'scatter', z: 12, silent: true, symbol: 'circle', itemStyle: { color: 'transparent', borderWidth: 2.4 },
    data: [...ring(state.selected, c.mark, 27), ...state.compared.flatMap(trial => ring(trial, c.reference, 33))],
  };
}

// Limits, and the reference point of the hypervolume.
function lines(xs, ys, corner, c) {
  const line = (limit, axis, scale) => ({ [axis]: scale.to(limit.value), label: { formatter: limit.text, color: c.out, position: axis === 'xAxis' ? 'end' : 'insideEndTop', rotate: 0, fontSize: 11 } });
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
  if (points.length === 0) return showEmpty('scatter', model.points.length === 0 ? 'No model is measured yet.' : 'No model knows both of these metrics.');
  const isNew = !charts.has('scatter');
  const chart = showChart('scatter');
  chart.setOption(scatterOption(points));
  if (isNew) startScatter(chart);
  const front = points.filter(point => point.standing === 'frontier').length;
  describe('scatter', `${model.metrics.get(state.y).title} over ${model.metrics.get(state.x).title}: ${points.length} models, ${front} on the frontier`
    + `${model.document.recommended === null ? '' : `; recommended is trial ${model.document.recommended}`}. ${isFiltered() ? `${chosen().length} are selected. ` : ''}All numbers stand in the table below.`);
  find('zoom-in').disabled = !isFiltered() || chosen().filter(isOnScatter).length < 2;
  find('zoom-out').disabled = state.zoom === null;
  drawLegend(points);
  placeLasso();
}

function startScatter(chart) {
  chart.on('click', params => { if (params.data?.trial !== undefined) select(params.data.trial); });
  chart.on('mouseover', params => { if (!isDragging && params.data?.trial !== undefined) hover(params.data.trial); });
  chart.on('mouseout', () => { if (!isDragging) hover(null); });
  chart.getZr().on('click', event => { if (!event.target && state.brush) { state.brush = null; placeLasso(); changed('filter'); } });
}

function clearBrushes() {
  state.brush = null;
  placeLasso();
  clearParallel();
}

function drawLegend(points) {
  const c = colours(), look = looks(c);
  const shape = kind => {
    const space = 'http://www.w3.org/2000/svg';
    const svg = document.createElementNS(space, 'svg');
    svg.setAttribute('viewBox', '0 0 100 100');
    svg.setAttribute('aria-hidden', 'true');
    const path = document.createElementNS(space, 'path');
    const { symbol, itemStyle } = look[kind];
    path.setAttribute('d', symbol.startsWith('path://') ? symbol.slice(7) : symbol === 'diamond' ? 'M50 5 95 50 50 95 5 50Z' : 'M50 12a38 38 0 1 0 .1 0Z');
    path.setAttribute('fill', itemStyle.color);
    path.setAttribute('stroke', itemStyle.borderColor ?? 'none');
    path.setAttribute('stroke-width', '10');
    svg.append(path);
    return svg;
  };
  const present = kinds.toReversed().filter(kind => points.some(point => kindOf(point) === kind));
  fill(find('scatter-legend'), present.map(kind => make('li', null, shape(kind), kindNames[kind])),
    points.some(point => !isMeasured(point)) && make('li', null, 'dashed outline: a number that is not measured but estimated, integrated or attributed'));
}

// Arrow keys go from point to point in the order of an axis.
function walk(event) {
  const along = { ArrowRight: [state.x, 1], ArrowLeft: [state.x, -1], ArrowUp: [state.y, 1], ArrowDown: [state.y, -1] }[event.key];
  const points = onScatter().filter(passes);
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
  view(['data', 'axes', 'filter', 'theme', 'size', 'selection'], drawScatter);
  view(['hover'], () => emphasize('scatter', placesOnScatter.get(state.hovered)));
}

function leaveBrush() {
  state.brush = null;
  state.zoom = null;
  changed('axes', 'filter');
}
