// The points of the scatter: all of them on one canvas, which is dimmed as a whole, and those that are chosen or looked at on another above it.
const dimmed = 0.14;

// Where they lie in the chart, in the order in which they are drawn.
let placed = [], placedArea = null, placedTicks = null;

const isMeasured = point => [state.x, state.y].every(name => point.metrics[name]?.provenance === 'measured');

function placePoints(points) {
  const { xs, ys } = scatterScales, chart = charts.get('scatter');
  const [left, bottom] = chart.convertToPixel({ gridIndex: 0 }, [xs.min, ys.min]);
  const [right, top] = chart.convertToPixel({ gridIndex: 0 }, [xs.max, ys.max]);
  const along = place => left + (place - xs.min) / (xs.max - xs.min) * (right - left);
  const up = place => bottom + (place - ys.min) / (ys.max - ys.min) * (top - bottom);
  const [x, y] = [value => along(xs.to(value)), value => up(ys.to(value))];
  placedArea = { left, top, width: right - left, height: bottom - top };
  placedTicks = { x: xs.ticks.map(along), y: ys.ticks.map(up) };
  placed = points.map(point => ({
    point, kind: kindOf(point), mark: stampOf(kindOf(point), isMeasured(point), 1), x: x(valueOf(point, state.x)), y: y(valueOf(point, state.y)),
    bar: hasBar(point) ? [endsOf(point, state.x, xs).map(x), endsOf(point, state.y, ys).map(y)] : null,
  })).sort((a, b) => kinds.indexOf(a.kind) - kinds.indexOf(b.kind));
}

const hasBar = point => state.bars === 'all' || state.bars === 'frontier' && (point.standing === 'frontier' || isReference(point));

// The ends of the interval; on a logarithmic axis there is none that reaches 0.
function endsOf(point, name, scale) {
  const { value, low, high } = point.metrics[name];
  return low !== null && high !== null && high > low && (!scale.log || low > 0) ? [low, high] : [value, value];
}

function paper(id) {
  const pen = blank(id), { left, top, width, height } = placedArea;
  pen.beginPath();
  pen.rect(left, top, width, height);
  pen.clip();
  return pen;
}

const stamp = (pen, { x, y }, { image, side }) => pen.drawImage(image, x - side / 2, y - side / 2, side, side);

function paint(pen, points, c) {
  pen.strokeStyle = c.quiet;
  pen.lineWidth = 1.1;
  pen.globalAlpha = 0.75;
  pen.beginPath();
  for (const { x, y, bar } of points)
    if (bar) {
      pen.moveTo(bar[0][0], y);
      pen.lineTo(bar[0][1], y);
      pen.moveTo(x, bar[1][0]);
      pen.lineTo(x, bar[1][1]);
    }
  pen.stroke();
  pen.globalAlpha = 1;
  for (const each of points) stamp(pen, each, each.mark);
}

// Lines of the library would lie above the points.
function paintGrid() {
  const pen = paper('points-grid'), { left, top, width, height } = placedArea;
  pen.strokeStyle = colours().rule;
  pen.beginPath();
  for (const x of placedTicks.x) {
    pen.moveTo(x, top);
    pen.lineTo(x, top + height);
  }
  for (const y of placedTicks.y) {
    pen.moveTo(left, y);
    pen.lineTo(left + width, y);
  }
  pen.stroke();
}

function paintAll() {
  const c = colours(), pen = paper('points-all');
  paintStairs(pen, c);
  paint(pen, placed, c);
}

function paintStairs(pen, c) {
  const places = new Map(placed.map(each => [each.point, each]));
  let last = null;
  pen.save();
  pen.strokeStyle = c.frontier;
  pen.lineWidth = 1.4;
  pen.setLineDash([5, 4]);
  pen.beginPath();
  for (const { x, y } of staircase([...places.keys()]).map(point => places.get(point))) {
    if (last === null) pen.moveTo(x, y); else pen.lineTo(x, last);
    pen.lineTo(x, y);
    last = y;
  }
  pen.stroke();
  pen.restore();
}

function paintChosen() {
  if (!charts.has('scatter')) return;
  const c = colours(), pen = paper('points-chosen'), filtered = isFiltered();
  find('points-all').style.opacity = filtered ? dimmed : 1;
  if (filtered) paint(pen, placed.filter(isInside()), c);
  const hovered = placed.find(each => each.point.trial === state.hovered);
  if (hovered) stamp(pen, hovered, stampOf(hovered.kind, isMeasured(hovered.point), 1.5));
  const ring = (trial, colour, size) => {
    const at = trial === null ? undefined : placed.find(each => each.point.trial === trial);
    if (!at) return;
    pen.strokeStyle = colour;
    pen.lineWidth = 2.4;
    pen.beginPath();
    pen.arc(at.x, at.y, size / 2, 0, 2 * Math.PI);
    pen.stroke();
  };
  ring(state.selected, c.mark, 27);
  for (const trial of state.compared) ring(trial, c.reference, 33);
}

function isInside() {
  const inside = new Set(chosen());
  return each => inside.has(each.point);
}

// The nearest trial within reach of the pointer, of the chosen ones where there are such.
function pointAt(x, y) {
  const reach = 12, near = placed.map(each => ({ trial: each.point.trial, point: each.point, distance: Math.hypot(each.x - x, each.y - y) })).filter(each => each.distance <= reach);
  const inside = near.filter(isInside());
  // Of those that lie on each other the one that is drawn last.
  const found = (inside.length > 0 ? inside : near).toReversed().sort((a, b) => a.distance - b.distance)[0];
  return found?.trial ?? null;
}
