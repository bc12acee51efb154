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

// How long the hand that brushes rests before what takes longer to draw follows it, such as the rows of the table.
const rest = 100;

// A view is drawn when one of its topics changes: data, axes, filter, selection, hover, table, theme, size. A patient one waits until nothing changes any more;
// one that lies in an element waits until that can be seen.
function view(topics, draw, { patient = false, within: id = null } = {}) {
  const added = { topics, draw, patient, timer: null, isSeen: id === null, isOwed: false };
  views.push(added);
  if (id !== null)
    new IntersectionObserver(entries => {
      added.isSeen = entries.at(-1).isIntersecting;
      if (added.isSeen && added.isOwed) drawView(added);
    }).observe(find(id));
}

function drawView(each) {
  each.isOwed = !each.isSeen;
  if (each.isSeen) each.draw();
}

function changed(...topics) {
  if (topics.includes('filter') || topics.includes('data')) kept = null;
  if (pending.size === 0) requestAnimationFrame(drawPending);
  topics.forEach(topic => pending.add(topic));
}

function drawPending() {
  const topics = new Set(pending);
  pending.clear();
  for (const each of views.filter(({ topics: own }) => own.some(topic => topics.has(topic)))) {
    clearTimeout(each.timer);
    if (each.patient) each.timer = setTimeout(drawView, rest, each); else drawView(each);
  }
}

function select(trial) {
  state.selected = trial;
  state.ownSelected = true;
  changed('selection');
}

function hover(trial) {
  if (state.hovered === trial) return;
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
