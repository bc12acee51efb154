// The settings and what came of them: an axis for each swept parameter and each objective, a line for each model.
const mostWords = 14;
let parallelAxes = [];

// A parameter with words, or that is not always in effect, gets a place for each value; other numbers a scale.
function parameterAxis(parameter) {
  const values = distinct(parameter.key), isUnset = model.points.some(point => settingOf(point, parameter.key) === undefined);
  if (values.length === 0) return null;
  if (values.every(value => typeof value === 'number') && (values.length > mostWords || !isUnset && values.length > 6)) {
    const positive = values[0] > 0;
    const scale = scaleOf(values, positive && (parameter.logarithmic || values.at(-1) / values[0] > 100), 5), digits = format.digits('', scale.ticks.map(scale.from));
    return { key: parameter.key, id: parameter.key, name: parameter.key, scale, toPlace: scale.to, label: place => String(Number(scale.from(place).toPrecision(digits))) };
  }
  const words = [...isUnset ? ['–'] : [], ...values.map(format.setting)];
  return { key: parameter.key, id: parameter.key, name: parameter.key, words, toPlace: value => words.indexOf(format.setting(value)) };
}

function metricAxis(name) {
  const values = model.points.map(point => valueOf(point, name)).filter(value => value !== null);
  if (values.length === 0) return null;
  const min = Math.min(...values), scale = scaleOf(values, min > 0 && Math.max(...values) / min > 20, 5);
  return { metric: name, id: `metric ${name}`, name: model.metrics.get(name).heading, scale, toPlace: scale.to, label: labelOf(scale, name) };
}

const boxOf = narrow => ({ narrow, left: narrow ? 30 : 60, right: narrow ? 30 : 70, top: narrow ? 40 : 46, bottom: narrow ? 30 : 26 });

function parallelOption(box) {
  const c = colours(), { narrow, left, right, top, bottom } = box;
  const label = { color: c.quiet, textBorderColor: c.card, textBorderWidth: 3 };
  return {
    ...base(c),
    parallel: {
      layout: narrow ? 'vertical' : 'horizontal', left, right, top, bottom,
      parallelAxisDefault: { nameLocation: 'end', nameGap: narrow ? 8 : 18, areaSelectStyle: { width: 18, color: c.mark, opacity: 0.28, borderColor: c.mark } },
    },
    parallelAxis: parallelAxes.map((axis, dim) => ({
      dim, id: axis.id, name: axis.name, nameTextStyle: { color: c.ink, fontSize: 12, ...narrow ? { align: 'right', verticalAlign: 'bottom', padding: [0, 0, 10, 0] } : {} },
      axisLine: { lineStyle: { color: c.line, width: 1.4 } }, axisTick: { lineStyle: { color: c.line } },
      ...axis.words
        ? { type: 'category', data: axis.words, axisLabel: { ...label, hideOverlap: true } }
        : { type: 'value', min: axis.scale.min, max: axis.scale.max, axisTick: { customValues: axis.scale.ticks }, axisLabel: { ...label, customValues: axis.scale.ticks, hideOverlap: true, formatter: axis.label } },
    })),
    // The lines are drawn on canvases of our own; the library needs a series to draw axes.
    series: [{ id: 'none', type: 'parallel', silent: true, data: [] }],
  };
}

// What was brushed stays brushed when new models come, unless their values have moved the places on the axis.
function keepIntervals() {
  for (const [id, kept] of state.axes) {
    const axis = parallelAxes.find(each => each.id === id);
    if (axis && String(axis.words) === String(kept.axis.words) && axis.scale?.log === kept.axis.scale?.log) kept.axis = axis;
    else {
      state.axes.delete(id);
      changed('filter');
    }
  }
}

const axesOf = () => [...model.document.parameters.map(parameterAxis), ...shownMetrics().map(metricAxis)].filter(axis => axis);
const canBeTraced = () => axesOf().length > 1;

function drawParallel() {
  if (find('settings').hidden) return;
  parallelAxes = axesOf();
  keepIntervals();
  const isNew = !charts.has('parallel'), box = boxOf(find('parallel').clientWidth < 640);
  find('parallel').style.height = `${box.narrow ? 70 + 66 * parallelAxes.length : 340}px`;
  const chart = showChart('parallel');
  chart.setOption(parallelOption(box));
  if (isNew) {
    chart.on('axisareaselected', brushAxis);
    // A click on what is brushed lets go of it.
    followPointer('parallel', { trialAt: lineAt, metrics: shownMetrics, isTaken: event => event.target !== undefined });
  }
  traceLines(box);
  paintAllLines();
}

function brushAxis(event) {
  const axis = parallelAxes.find(each => each.id === event.parallelAxisId);
  if (!axis || isClearing) return;
  if (event.intervals.length === 0) state.axes.delete(axis.id); else state.axes.set(axis.id, { axis, intervals: event.intervals });
  state.page = 0;
  changed('filter');
}

function describeParallel() {
  if (charts.has('parallel'))
    describe('parallel', `A line for each of ${countOf(model.points.length)} over ${parallelAxes.map(axis => axis.name).join(', ')}. ${selectedText()}All values stand in the table below.`);
}

let isClearing = false;

function clearParallel() {
  isClearing = true;
  for (const axis of parallelAxes) charts.get('parallel')?.dispatchAction({ type: 'axisAreaSelect', parallelAxisId: axis.id, intervals: [] });
  isClearing = false;
}

function startParallel() {
  find('colour-by').addEventListener('change', event => { state.colour = event.target.value; changed('axes'); });
  view(['data'], () => {
    choices(find('colour-by'), model.document.metrics.map(metric => [metric.name, metric.title]), shownMetrics()[0]);
    state.colour = find('colour-by').value || null;
  });
  view(['data', 'axes', 'theme', 'size'], drawParallel);
  view(['data', 'axes', 'theme', 'size', 'filter'], paintChosenLines, { within: 'parallel' });
  view(['data', 'axes', 'theme', 'size', 'selection', 'hover'], paintMarkedLines, { within: 'parallel' });
  view(['data', 'axes', 'filter'], describeParallel, { patient: true });
}
