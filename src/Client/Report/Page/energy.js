// Energy: what an inference takes, what the sweep took, and where the numbers come from.
const mostBars = 40;

function drawEnergy() {
  const { texts, spent } = model.document;
  find('energy-spent').textContent = texts.spending === null ? 'What the sweep took is not known: it never ran.'
    : `${texts.spending}${spent && spent.energy.value !== null ? ` That is ${provenanceWords[spent.energy.provenance]}.` : ' Nothing counted its energy.'}`;
  const known = model.points.filter(point => valueOf(point, 'energy') !== null);
  const net = model.points.some(point => valueOf(point, 'energy-net') !== null);
  const shown = known.filter(point => point.standing === 'frontier' || isReference(point)).sort((a, b) => valueOf(a, 'energy') - valueOf(b, 'energy')).slice(0, mostBars);
  table(find('energy-table'), [['trial', true], ['energy of an inference', true], ...net ? [['beyond idling', true]] : [], ['provenance'], ['settings']], shown.map(point => [
    String(point.trial), format.metric('energy', point.metrics.energy), ...net ? [format.metric('energy-net', point.metrics['energy-net'])] : [], provenanceWords[point.metrics.energy.provenance], point.settings,
  ]));
  const counts = Object.entries(Object.groupBy(known, point => point.metrics.energy.provenance)).map(([provenance, points]) => `${points.length} ${provenanceWords[provenance]}`);
  find('energy-text').textContent = `Energy of an inference of ${countOf(known.length)}: ${counts.join(', ')}. Shown are the frontier and the uncompressed model. Numbers of different provenance never meet in one frontier.`;
  find('energy-shown').hidden = shown.length === 0;
  if (shown.length === 0) {
    find('energy-text').textContent = model.points.length === 0 ? '' : 'No energy of an inference is known; the details of a trial give the reason.';
    return;
  }
  find('energy-chart').style.height = `${80 + 26 * shown.length}px`;
  const c = colours(), chart = showChart('energy-chart');
  chart.resize();
  const bars = shown.toReversed(), option = base(c);
  const xs = scaleOf([0, ...bars.map(point => point.metrics.energy.high ?? valueOf(point, 'energy'))], false, find('energy-chart').clientWidth < 480 ? 3 : 6, true);
  const colourOf = point => isReference(point) ? c.reference : c.frontier;
  option.grid = { left: 74, right: 80, top: 6, bottom: 50 };
  option.xAxis = { ...axisOf(xs, titleOf('energy', false), 'energy', c), nameGap: 32 };
  option.yAxis = { type: 'category', data: bars.map(point => `trial ${point.trial}`), axisLabel: { color: c.ink }, axisTick: { show: false }, axisLine: { lineStyle: { color: c.line } } };
  option.tooltip.formatter = params => tipOf(bars[params.dataIndex], ['energy', ...net ? ['energy-net'] : []].filter(name => model.metrics.has(name)));
  option.series = [{
    id: 'energy', type: 'bar', barMaxWidth: 16,
    label: { show: true, position: 'right', color: c.ink, formatter: params => format.metric('energy', bars[params.dataIndex].metrics.energy) },
    data: bars.map(point => ({
      value: valueOf(point, 'energy'),
      itemStyle: point.metrics.energy.provenance === 'measured'
        ? { color: colourOf(point), borderRadius: [0, 4, 4, 0] }
        : { color: `${colourOf(point)}80`, borderColor: colourOf(point), borderType: 'dashed', borderRadius: [0, 4, 4, 0] },
    })),
  }];
  chart.setOption(option);
  describe('energy-chart', `Energy of an inference, from ${format.metric('energy', shown[0].metrics.energy)} of trial ${shown[0].trial} to ${format.metric('energy', shown.at(-1).metrics.energy)} of trial ${shown.at(-1).trial}.`);
}

const startEnergy = () => view(['data', 'theme'], drawEnergy);
