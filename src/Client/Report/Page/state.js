// What the user chose, and who wants to hear of a change. Views are drawn at most once a frame, however much changes.
const state = {
  x: null, y: null, xLog: false, yLog: false, bars: 'frontier', dominated: true, limits: true, corner: false,
  brush: null, zoom: null, text: '', standing: 'all', ranges: new Map(), excluded: new Map(), axes: new Map(),
  sort: 'trial', down: false, page: 0, selected: null, hovered: null, compared: [null, null], colour: null,
  // Until the user chooses, what is recommended is looked at, and compared with the uncompressed model.
  ownSelected: false, ownCompared: false,
};

const views = [];
const pending = new Set();

// A view is drawn when one of its topics changes: data, axes, filter, selection, hover, theme, size.
const view = (topics, draw) => views.push({ topics, draw });

// What takes long to draw is drawn less often: half of the time belongs to the user's hand.
let took = 0;

function changed(...topics) {
  if (topics.includes('filter') || topics.includes('data')) kept = null;
  if (pending.size === 0) setTimeout(() => requestAnimationFrame(drawPending), took);
  topics.forEach(topic => pending.add(topic));
}

function drawPending() {
  const topics = new Set(pending);
  pending.clear();
  const begun = performance.now();
  for (const each of views) if (each.topics.some(topic => topics.has(topic))) each.draw(topics);
  took = performance.now() - begun;
}

function select(trial) {
  state.selected = trial;
  state.ownSelected = true;
  changed('selection');
}

function hover(trial) {
  state.hovered = trial;
  changed('hover');
}

function compareWith(trial) {
  state.ownCompared = true;
  const at = state.compared.indexOf(trial);
  if (at >= 0) state.compared[at] = null;
  else if (state.compared[0] === null) state.compared[0] = trial;
  else state.compared[1] = trial;
  changed('selection');
}
