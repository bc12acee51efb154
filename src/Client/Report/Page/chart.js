// What all charts share: colours of the theme, size, texts on axes, ticks.
const colours = () => {
  const style = getComputedStyle(document.documentElement);
  return new Proxy({}, { get: (_, name) => style.getPropertyValue(`--${name}`).trim() });
};

const charts = new Map();

// The chart in an element, made when it is first asked for.
function chartIn(id) {
  let chart = charts.get(id);
  if (chart) return chart;
  chart = echarts.init(find(id), null, { renderer: 'canvas' });
  charts.set(id, chart);
  new ResizeObserver(() => { if (!chart.isDisposed()) chart.resize(); changed('size'); }).observe(find(id));
  return chart;
}

// What a reader who does not see the chart is told.
const describe = (id, text) => find(id).setAttribute('aria-label', text);

const base = c => ({
  animation: false,
  textStyle: { fontFamily: 'system-ui, "Segoe UI", sans-serif', color: c.quiet },
  tooltip: {
    confine: true, backgroundColor: c.card, borderColor: c.line, textStyle: { color: c.ink, fontSize: 13 }, transitionDuration: 0,
    extraCssText: 'box-shadow: 0 4px 16px rgb(0 0 0 / 18%); border-radius: 8px;',
  },
});

const tip = (title, lines) => make('div', { class: 'tooltip' }, make('b', null, title), lines.filter(line => line).map(line => make('div', null, line)));

const tipOf = (point, metrics) => tip(`trial ${point.trial}${standingOf(point) ? ` (${standingOf(point)})` : ''}`, [
  point.settings,
  ...metrics.map(name => {
    const range = format.interval(name, point.metrics[name]);
    return `${model.metrics.get(name).heading} ${format.metric(name, point.metrics[name])}${range ? ` (${range})` : ''}`;
  }),
  point.reason && `left out, because ${point.reason}`,
]);

// Round numbers from low to high, about as many as asked for.
function linearTicks(low, high, count) {
  const raw = (high - low) / count, power = 10 ** Math.floor(Math.log10(raw));
  const step = power * [1, 2, 2.5, 5, 10].find(factor => factor * power >= raw * 0.999);
  const ticks = [];
  for (let i = Math.ceil(low / step - 1e-9); i * step <= high + step * 1e-9; i++) ticks.push(Number((i * step).toPrecision(12)));
  return ticks;
}

function logTicks(low, high, count) {
  for (const factors of [[1], [1, 3], [1, 2, 5], [1, 1.5, 2, 3, 5, 7]]) {
    const ticks = [];
    for (let power = Math.floor(Math.log10(low)); power <= Math.ceil(Math.log10(high)); power++)
      for (const factor of factors) {
        const tick = Number((factor * 10 ** power).toPrecision(12));
        if (tick >= low * 0.9999 && tick <= high * 1.0001) ticks.push(tick);
      }
    if (ticks.length >= Math.min(4, count)) return ticks;
  }
  return linearTicks(low, high, count);
}

// A scale from numbers to places on an axis. Logarithms are taken here, so that brushes, bars and ticks all speak the same language.
function scaleOf(values, log, count, exact = false) {
  let [low, high] = [Math.min(...values), Math.max(...values)];
  if (!(high > low)) [low, high] = low === 0 || !Number.isFinite(low) ? [0, 1] : [low - Math.abs(low) * 0.1, high + Math.abs(high) * 0.1];
  const useLog = log && low > 0;
  const to = useLog ? Math.log10 : value => value, from = useLog ? place => 10 ** place : place => place;
  const room = exact ? 0 : (to(high) - to(low)) * 0.06;
  const [min, max] = [to(low) - room, to(high) + room];
  const ticks = (useLog ? logTicks(from(min), from(max), count) : linearTicks(min, max, count)).map(to);
  return { min, max, to, from, ticks, log: useLog };
}

// Writes the marks of an axis.
function labelOf(scale, metric) {
  const digits = format.digits(metric, scale.ticks.map(scale.from));
  return place => format.value(metric, scale.from(place), digits);
}

const axisOf = (scale, name, metric, c) => ({
  type: 'value', min: scale.min, max: scale.max, name, nameLocation: 'middle', nameTextStyle: { color: c.ink, fontSize: 13 },
  axisLine: { show: true, onZero: false, lineStyle: { color: c.line } },
  axisTick: { show: true, customValues: scale.ticks, lineStyle: { color: c.line } },
  axisLabel: { customValues: scale.ticks, color: c.quiet, hideOverlap: true, formatter: labelOf(scale, metric) },
  splitLine: { show: true, customValues: scale.ticks, lineStyle: { color: c.rule } },
});

// An empty chart says why.
function showEmpty(id, text) {
  const element = find(id);
  charts.get(id)?.dispose();
  charts.delete(id);
  element.classList.add('empty');
  for (const canvas of element.parentElement.querySelectorAll('.layer')) canvas.hidden = true;
  element.textContent = text;
  element.setAttribute('aria-label', text);
}

function showChart(id) {
  const element = find(id);
  if (element.classList.contains('empty')) {
    element.classList.remove('empty');
    element.textContent = '';
    for (const canvas of element.parentElement.querySelectorAll('.layer')) canvas.hidden = false;
  }
  return chartIn(id);
}

matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => changed('theme'));
