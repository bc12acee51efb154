// A rectangle drawn over the points selects them. It lies above the chart, so that nothing is drawn anew while the hand moves.
const leastDrag = 5;
let isDragging = false;

function placeLasso() {
  const box = find('lasso'), chart = charts.get('scatter'), brush = state.brush;
  box.hidden = !brush || !chart || brush.x !== state.x || brush.y !== state.y;
  if (box.hidden) return;
  const { xs, ys } = scatterScales;
  const [left, bottom] = chart.convertToPixel({ gridIndex: 0 }, [xs.to(brush.xRange[0]), ys.to(brush.yRange[0])]);
  const [right, top] = chart.convertToPixel({ gridIndex: 0 }, [xs.to(brush.xRange[1]), ys.to(brush.yRange[1])]);
  Object.assign(box.style, { left: `${left}px`, top: `${top}px`, width: `${right - left}px`, height: `${bottom - top}px` });
}

function selectBetween(from, to) {
  const { xs, ys } = scatterScales;
  const clamp = (place, scale) => scale.from(Math.min(scale.max, Math.max(scale.min, place)));
  const corners = [from, to].map(pixel => charts.get('scatter').convertFromPixel({ gridIndex: 0 }, pixel));
  const range = (at, scale) => corners.map(corner => clamp(corner[at], scale)).sort((a, b) => a - b);
  state.brush = { x: state.x, y: state.y, xRange: range(0, xs), yRange: range(1, ys) };
  state.page = 0;
  placeLasso();
  changed('filter');
}

function leaveLasso() {
  if (!state.brush) return;
  state.brush = null;
  placeLasso();
  changed('filter');
}

function startLasso() {
  const element = find('scatter');
  let from = null;
  const at = event => {
    const box = element.getBoundingClientRect();
    return [event.clientX - box.left, event.clientY - box.top];
  };
  // With a finger one scrolls.
  element.addEventListener('pointerdown', event => { if (event.button === 0 && event.pointerType !== 'touch' && charts.has('scatter')) from = at(event); });
  window.addEventListener('pointermove', event => {
    if (!from) return;
    const to = at(event);
    isDragging ||= Math.hypot(to[0] - from[0], to[1] - from[1]) >= leastDrag;
    if (isDragging) selectBetween(from, to);
  });
  for (const kind of ['pointerup', 'pointercancel'])
    window.addEventListener(kind, () => {
      from = null;
      // A click ends what it began before the next one.
      setTimeout(() => { isDragging = false; });
    });
}
