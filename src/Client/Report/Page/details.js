// One model: its numbers, what it runs as, where its trace is, how to have it.
const provenanceWords = {
  measured: 'measured', integrated: 'integrated from samples of power', attributed: 'a share of what was measured', estimated: 'estimated, not measured', unavailable: 'not known',
};

function command(text) {
  const button = make('button', { type: 'button' }, 'Copy');
  button.addEventListener('click', async () => {
    try {
      await navigator.clipboard.writeText(text);
      button.textContent = 'Copied';
    } catch {
      // Not every page may write there, such as one opened from a file.
      getSelection().selectAllChildren(button.previousElementSibling);
      button.textContent = 'Selected';
    }
    setTimeout(() => { button.textContent = 'Copy'; }, 1500);
  });
  return make('div', null, make('pre', null, text), button);
}

function trace(point) {
  if (!point.trace) return 'not traced';
  const template = model.document.traces;
  return template ? make('a', { href: template.replaceAll('{trace}', encodeURIComponent(point.trace)), rel: 'noopener noreferrer', target: '_blank' }, point.trace) : make('code', null, point.trace);
}

function layersOf(point) {
  const layers = model.document.layers[point.layers];
  return layers && make('details', null, make('summary', null, layers.length === 1 ? 'What its layer runs as' : `What its ${layers.length} layers run as`), make('dl', null, layers.flatMap(layer => [
    make('dt', null, layer.layer),
    make('dd', { class: layer.precision !== layer.intended && 'warn' }, `${layer.operator} as ${layer.kernel} in ${layer.precision}${layer.precision === layer.intended ? '' : `, meant for ${layer.intended}`}`),
  ])));
}

function drawDetails() {
  const point = model.byTrial.get(state.selected);
  if (!point) return fill(find('details'), make('p', { class: 'quiet' }, 'Choose a model in a chart or in the table to see it here.'));
  const isOpen = find('details').querySelector('details')?.open;
  const compared = state.compared.includes(point.trial);
  fill(find('details'),
    make('h3', null, `Trial ${point.trial}`, standingOf(point) && make('span', { class: 'quiet' }, ` ${standingOf(point)}`)),
    make('p', null, make('bdi', null, point.settings)),
    point.reason && make('p', { class: 'warn' }, `Left out, because ${point.reason}.`),
    make('dl', null, model.document.metrics.flatMap(metric => {
      const number = point.metrics[metric.name];
      if (!number || number.value === null) return [];
      const range = format.interval(metric.name, number);
      return [make('dt', { title: metric.description }, metric.heading), make('dd', null, format.metric(metric.name, number), range && make('span', { class: 'range' }, range),
        number.provenance !== 'measured' && make('span', { class: 'range' }, provenanceWords[number.provenance]))];
    }), make('dt', null, 'seeds'), make('dd', null, point.seeds.join(', ')), make('dt', null, 'trace'), make('dd', null, trace(point)), make('dt', null, 'SHA-256'), make('dd', null, make('code', null, point.sha256))),
    make('div', { class: 'controls' }, make('button', { type: 'button', 'data-trial': `c${point.trial}`, 'aria-pressed': String(compared), on: { click: () => compareWith(point.trial) } }, compared ? 'Marked to compare' : 'Mark to compare')),
    point.notes.length > 0 && [make('h4', null, 'Notes'), point.notes.map(note => make('p', { class: 'quiet' }, note))],
    layersOf(point),
    make('h4', null, 'Have this model'),
    command(`grid export ${model.document.experiment} --trial ${point.trial} --output ./model`),
    make('h4', null, 'Make it again, from nothing'),
    command(`grid run /dev/stdin --home ./again <<'SWEEP'\n${model.document.file}${point.file}SWEEP`));
  if (isOpen) find('details').querySelector('details')?.setAttribute('open', '');
}

function startDetails() {
  view(['data', 'selection'], () => keepFocus(find('details'), drawDetails));
}
