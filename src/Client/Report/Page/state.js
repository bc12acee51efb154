// What the user chose, and who wants to hear of a change. Views are drawn at most once a frame, however much changes.
const state = {
  x: null, y: null, xLog: false, yLog: false, bars: 'frontier', dominated: true, limits: true, corner: false,
  brush: null, zoom: null, text: '', standing: 'all', ranges: new Map(), excluded: new Map(), axes: new Map(),
  sort: 'trial', down: false, page: 0, selected: null, hovered: null, compared: [null, null], colour: null,
};

const views = [];
const pending = new Set();

// A view is drawn when one of its topics changes: data, axes, filter, selection, hover, theme, size.
const view = (topics, draw) => views.push({ topics, draw });

function changed(...topics) {
  if (pending.size === 0) requestAnimationFrame(drawPending);
  topics.forEach(topic => pending.add(topic));
}

function drawPending() {
  const topics = new Set(pending);
  pending.clear();
  for (const each of views) if (each.topics.some(topic => topics.has(topic))) each.draw(topics);
}

function select(trial) {
  state.selected = trial;
  changed('selection');
}

function compareWith(trial) {
  const at = state.compared.indexOf(trial);
  if (at >= 0) state.compared[at] = null;
  else if (state.compared[0] === null) state.compared[0] = trial;
  else state.compared[1] = trial;
  changed('selection');
}
