// What the page knows: the document, and its points by trial.
const model = { points: [], byTrial: new Map(), metrics: new Map(), parameters: new Map(), document: null };

function read(document) {
  model.document = document;
  model.points = document.points;
  model.byTrial = new Map(document.points.map(point => [point.trial, point]));
  model.parameters = new Map(document.parameters.map(parameter => [parameter.key, parameter]));
  model.metrics = new Map(document.metrics.map(metric => [metric.name, metric]));
}

const countOf = models => `${models} ${models === 1 ? 'model' : 'models'}`;
const valueOf = (point, metric) => point.metrics[metric]?.value ?? null;
const isReference = point => point.trial === model.document.reference;
const isRecommended = point => point.trial === model.document.recommended;

function kindOf(point) {
  if (isReference(point)) return 'reference';
  if (isRecommended(point)) return 'recommended';
  return point.standing;
}

const kindNames = {
  recommended: 'recommended', frontier: 'on the frontier', reference: 'uncompressed', dominated: 'dominated', 'left-out': 'left out',
};

// A name, all of what a point is.
function standingOf(point) {
  const place = isRecommended(point) ? 'recommended' : point.standing === 'frontier' ? 'frontier' : point.standing === 'left-out' ? 'left out' : '';
  return [place, isReference(point) ? 'reference' : ''].filter(word => word).join(', ');
}

// The value of a parameter; undefined where it is not in effect.
const settingOf = (point, key) => point.config[key] ?? model.parameters.get(key)?.absent ?? undefined;

// The values of a parameter over all points, smallest first.
function distinct(key) {
  const values = [...new Set(model.points.map(point => settingOf(point, key)).filter(value => value !== undefined && value !== null))];
  return values.sort((a, b) => typeof a === 'number' && typeof b === 'number' ? a - b : String(a).localeCompare(String(b), 'en', { numeric: true }));
}
