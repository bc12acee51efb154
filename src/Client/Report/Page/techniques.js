// What pruning, fine-tuning and quantization bought, and what layers really ran as.
const trialButton = trial => make('button', { type: 'button', class: 'text', on: { click: () => { select(trial); find('frontier').scrollIntoView(); } } }, `trial ${trial}`);

function drawTechniques() {
  const { loss, metrics, rows } = model.document.techniques;
  find('techniques-text').textContent = rows.length === 0
    ? 'There is no uncompressed model to compare with yet.'
    : `Against the uncompressed model of the same seeds: the median of the models made that way, and below it the best of those that lose at most ${loss} of accuracy. Accuracy is a difference; all else says how many times better it is, so 2.00x is half the size or twice the speed.`;
  table(find('techniques-table'), [['made by'], ['models', true], ['on the frontier', true], [`lose at most ${loss}`, true], ...metrics.map(metric => [metric.heading, true])], rows.map(row => [
    row.name, String(row.models), String(row.onFrontier), String(row.within),
    ...metrics.map(metric => {
      const change = row.changes[metric.name];
      return !change ? '—' : [change.median, make('span', { class: 'range' }, change.best === null ? 'none keeps it' : ['best ', change.best, ', ', trialButton(change.trial)])];
    }),
  ]));
}

function drawKernels() {
  const kernels = model.document.kernels;
  table(find('kernels-table'), [['layer'], ['operator'], ['runs as'], ['in'], ['meant for'], ['models', true], ['such as']], kernels.length === 0
    ? [['No layer was reported yet.', '', '', '', '', '', '']]
    : kernels.map(({ layer, asIntended, trials }) => [layer.layer, layer.operator, layer.kernel, make('span', { class: !asIntended && 'warn' }, layer.precision), layer.intended, String(trials.length), trialButton(trials[0])]));
}

const startTechniques = () => view(['data'], () => { drawTechniques(); drawKernels(); });
