// Two models side by side.
function changeOf(metric, before, after) {
  if (before === null || after === null) return ['—', ''];
  const better = metric.better === 'max' ? after > before : after < before;
  const tone = after === before ? '' : better ? 'good' : 'bad';
  if (metric.percent) {
    const points = (after - before) * 100;
    return [Math.abs(points) < 0.005 ? 'the same' : `${points > 0 ? '+' : '−'}${Math.abs(points).toFixed(2)} points`, Math.abs(points) < 0.005 ? '' : tone];
  }
  const ratio = Math.max(before, after) / Math.min(before, after);
  if (!Number.isFinite(ratio) || ratio <= 0) return ['—', ''];
  return ratio < 1.005 ? ['the same', ''] : [`${format.value('', ratio)}x ${after > before ? 'higher' : 'lower'}`, tone];
}

// Whether measurement cannot tell two numbers apart.
const overlap = (a, b) => a && b && a.value !== b.value && [a.low, a.high, b.low, b.high].every(end => end !== null) && a.low <= b.high && b.low <= a.high;

function drawCompare() {
  const [a, b] = state.compared.map(trial => model.byTrial.get(trial));
  for (const [input, trial] of [['compare-a', state.compared[0]], ['compare-b', state.compared[1]]])
    if (document.activeElement !== find(input)) find(input).value = trial ?? '';
  if (!a || !b) return fill(find('compare-table'), make('tbody', null, make('tr', null, make('td', { class: 'quiet' }, 'Mark two models in the table, or write their numbers above.'))));
  const rows = [
    ['standing', standingOf(a) || 'dominated', standingOf(b) || 'dominated', ''],
    ...model.document.parameters.map(parameter => {
      const values = [a, b].map(point => format.setting(settingOf(point, parameter.key)));
      return [parameter.key, ...values, values[0] === values[1] ? 'the same' : ''];
    }),
    ...model.document.metrics.map(metric => {
      const [text, tone] = changeOf(metric, valueOf(b, metric.name), valueOf(a, metric.name));
      const numbers = [a, b].map(point => [format.metric(metric.name, point.metrics[metric.name]), format.interval(metric.name, point.metrics[metric.name])]);
      const mixed = a.metrics[metric.name] && b.metrics[metric.name] && a.metrics[metric.name].provenance !== b.metrics[metric.name].provenance;
      return [metric.title, ...numbers.map(([number, range]) => [number, range && make('span', { class: 'range' }, range)]), mixed ? 'not to be compared: of different provenance' : [make('span', { class: tone }, text), overlap(a.metrics[metric.name], b.metrics[metric.name]) && make('span', { class: 'range' }, 'their intervals overlap')]];
    }),
    ['layers as', ...[a, b].map(point => [...new Set((model.document.layers[point.layers] ?? []).map(layer => `${layer.kernel} (${layer.precision})`))].join(', ') || '—'), ''],
  ];
  table(find('compare-table'), [[''], [`trial ${a.trial}`], [`trial ${b.trial}`], [`trial ${a.trial} against trial ${b.trial}`]], rows);
}

function startCompare() {
  for (const [id, at] of [['compare-a', 0], ['compare-b', 1]])
    find(id).addEventListener('input', event => {
      const text = event.target.value, trial = Number(text);
      const known = text !== '' && model.byTrial.has(trial);
      find('compare-problem').textContent = text === '' || known ? '' : `There is no measured model of trial ${text}.`;
      state.ownCompared = true;
      state.compared[at] = known ? trial : null;
      changed('selection');
    });
  find('swap').addEventListener('click', () => { state.ownCompared = true; state.compared.reverse(); changed('selection'); });
  view(['data', 'selection'], drawCompare);
}
