// The selected models as a file, with the numbers of the store.
function save(name, type, text) {
  const url = URL.createObjectURL(new Blob([text], { type }));
  const link = make('a', { href: url, download: name });
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}

// A text that a spreadsheet would take for a formula is no number and gets a quote before it.
function field(value) {
  if (value === null || value === undefined) return '';
  const text = typeof value === 'string' && /^[=+\-@\t\r]/.test(value) && Number.isNaN(Number(value)) ? `'${value}` : String(value);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

function csv(points) {
  const { parameters, metrics } = model.document;
  const head = ['trial', 'standing', 'reason', ...parameters.map(p => p.key), ...metrics.flatMap(m => [`${m.name} [${m.unit}]`, `${m.name} low`, `${m.name} high`, `${m.name} provenance`]), 'seeds', 'sha256', 'trace'];
  const line = point => [
    point.trial, point.standing + (isReference(point) ? ' reference' : ''), point.reason, ...parameters.map(p => point.config[p.key]),
    ...metrics.flatMap(m => { const number = point.metrics[m.name]; return [number?.value, number?.low, number?.high, number?.provenance]; }),
    point.seeds.join(' '), point.sha256, point.trace,
  ];
  return [head, ...points.map(line)].map(fields => fields.map(field).join(',')).join('\r\n') + '\r\n';
}

const json = points => JSON.stringify({
  experiment: model.document.experiment, device: model.document.device, objectives: model.document.objectives,
  points: points.map(({ trial, standing, reason, config, metrics, seeds, sha256, trace, notes }) => ({ trial, standing, reason, config, metrics, seeds, sha256, trace, notes })),
}, null, 2);

function startDownloads() {
  find('save-csv').addEventListener('click', () => save(`${model.document.experiment}.csv`, 'text/csv', csv(sorted(chosen()))));
  find('save-json').addEventListener('click', () => save(`${model.document.experiment}.json`, 'application/json', json(sorted(chosen()))));
}
