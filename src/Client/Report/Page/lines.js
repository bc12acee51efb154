// The lines of the parallel coordinates: all of them on one canvas, which is dimmed as a whole, and those that are chosen or looked at on others above it.
const manyLines = 300, shadesOfLines = 24, faint = 0.1;

// Where they run: the points at which each meets the axes that it is known on, in the order of the axes.
let traced = [], tracedBox = null;

// From the worst to the best: the eye finds the good ones.
function shadeOf() {
  const metric = model.metrics.get(state.colour);
  const values = [...new Set(model.points.map(point => valueOf(point, state.colour)).filter(value => value !== null))].sort((a, b) => a - b);
  const ranks = new Map(values.map((value, rank) => [value, rank / (values.length - 1)]));
  return point => {
    const rank = ranks.get(valueOf(point, state.colour));
    return !metric || rank === undefined || values.length < 2 ? null : Math.round((metric.better === 'max' ? rank : 1 - rank) * shadesOfLines);
  };
}

function colourOfShade(shade, c) {
  if (shade === null) return c.dominated;
  const good = shade / shadesOfLines, dark = matchMedia('(prefers-color-scheme: dark)').matches;
  return `hsl(${(265 - 110 * good).toFixed(0)} ${(45 + 30 * good).toFixed(0)}% ${(dark ? 45 + 25 * good : 62 - 26 * good).toFixed(0)}%)`;
}

// Along is from axis to axis, across is from the least to the most on one.
function traceLines(box) {
  const { clientWidth, clientHeight } = find('parallel'), { narrow, left, right, top, bottom } = box;
  const [from, to] = narrow ? [top, clientHeight - bottom] : [left, clientWidth - right];
  const [least, most] = narrow ? [left, clientWidth - right] : [clientHeight - bottom, top];
  const step = (to - from) / (parallelAxes.length - 1), shade = shadeOf();
  tracedBox = { narrow, from, step };
  traced = model.points.map(point => ({
    point, shade: shade(point), places: parallelAxes.flatMap((axis, i) => {
      const place = onAxis(point, axis);
      return place === null ? [] : [[from + i * step, least + shareOfAxis(axis, place) * (most - least)]];
    }),
  }));
}

// A word stands in the middle of its band.
const shareOfAxis = (axis, place) => axis.words ? (place + 0.5) / axis.words.length : (place - axis.scale.min) / (axis.scale.max - axis.scale.min);

function runAlong(pen, places) {
  places.forEach(([along, across], i) => {
    const [x, y] = tracedBox.narrow ? [across, along] : [along, across];
    if (i === 0) pen.moveTo(x, y); else pen.lineTo(x, y);
  });
}

// Lines of one shade are drawn in one go; where there are many, each is a pixel of the screen wide.
function paintLines(pen, lines, opacity, c) {
  pen.globalAlpha = opacity;
  pen.lineWidth = traced.length > manyLines ? 1 / devicePixelRatio : 1.5;
  // The best last, above the others.
  for (const [shade, alike] of [...Map.groupBy(lines, line => line.shade)].sort(([a], [b]) => (a ?? -1) - (b ?? -1))) {
    pen.strokeStyle = colourOfShade(shade, c);
    pen.beginPath();
    for (const line of alike) runAlong(pen, line.places);
    pen.stroke();
  }
}

const paintAllLines = () => paintLines(blank('lines-all'), traced, traced.length > manyLines ? 0.35 : 0.7, colours());

function paintChosenLines() {
  if (!charts.has('parallel')) return;
  const filtered = isFiltered(), inside = new Set(chosen()), pen = blank('lines-chosen');
  find('lines-all').style.opacity = filtered ? faint : 1;
  if (filtered) paintLines(pen, traced.filter(line => inside.has(line.point)), traced.length > manyLines ? 0.5 : 0.8, colours());
}

function paintMarkedLines() {
  if (!charts.has('parallel')) return;
  const c = colours(), pen = blank('lines-marked');
  const mark = (trial, colour, width) => {
    const line = trial === null ? undefined : traced.find(each => each.point.trial === trial);
    if (!line) return;
    pen.strokeStyle = colour ?? colourOfShade(line.shade, c);
    pen.lineWidth = width;
    pen.beginPath();
    runAlong(pen, line.places);
    pen.stroke();
  };
  for (const trial of state.compared) mark(trial, c.reference, 3);
  mark(state.selected, c.mark, 3.5);
  mark(state.hovered, null, 3);
}

// The nearest trial within reach of the pointer, of the chosen ones.
function lineAt(x, y) {
  const reach = 6, inside = new Set(chosen());
  const [along, across] = tracedBox.narrow ? [y, x] : [x, y];
  let nearest = null, least = reach;
  for (const { point, places } of traced) {
    const end = places.findIndex(([at]) => at >= along);
    if (end < 1 || !inside.has(point)) continue;
    const [[a, b], [c, d]] = [places[end - 1], places[end]];
    const distance = Math.abs(b + (d - b) * (along - a) / (c - a) - across);
    if (distance <= least) [nearest, least] = [point.trial, distance];
  }
  return nearest;
}
