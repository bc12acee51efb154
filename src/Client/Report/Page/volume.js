// How the hypervolume grew.
function drawVolume() {
  const volume = model.document.volume;
  const timed = volume !== null && volume.seconds !== null;
  find('volume-over').querySelector('[value="time"]').disabled = !timed;
  if (!timed) find('volume-over').value = 'trials';
  const overTime = find('volume-over').value === 'time';
  if (!volume || volume.steps.length === 0) {
    find('volume-text').textContent = '';
    table(find('volume-table'), [['trials'], ['hypervolume', true]], []);
    return showEmpty('volume', volume ? 'No model dominates any volume yet.' : 'There is no hypervolume without an uncompressed model whose objectives are all known and positive.');
  }
  const c = colours(), chart = showChart('volume');
  const at = step => overTime ? step.seconds : step.trials;
  const end = overTime ? volume.seconds : volume.trials;
  const xs = scaleOf([0, end], false, 5, true), ys = scaleOf([0, volume.value * 1.05], false, 5, true);
  // There is no half of a trial, and a short time is told in parts of a second.
  if (!overTime) xs.ticks = xs.ticks.filter(Number.isInteger);
  const digits = format.digits('', xs.ticks);
  const written = place => !overTime ? String(place) : end < 10 ? `${format.value('', place, digits)} s` : format.duration(place);
  const option = base(c);
  option.grid = { left: 58, right: 18, top: 14, bottom: 52 };
  option.xAxis = { ...axisOf(xs, overTime ? 'running time' : 'trials measured', '', c), nameGap: 32, axisLabel: { customValues: xs.ticks, color: c.quiet, hideOverlap: true, formatter: written } };
  option.yAxis = { ...axisOf(ys, 'hypervolume', '', c), nameGap: 42 };
  option.tooltip.trigger = 'axis';
  option.tooltip.formatter = ([params]) => params?.data?.trial === undefined ? '' : tip(`hypervolume ${params.value[1].toPrecision(4)}`, [`since trial ${params.data.trial}, the ${params.data.trials}. measured`, params.data.seconds !== null && `after ${format.duration(params.data.seconds)}`]);
  option.series = [{
    id: 'volume', type: 'line', step: 'end', symbol: 'circle', symbolSize: volume.steps.length > 60 ? 0 : 5, showSymbol: true, lineStyle: { color: c.frontier, width: 2 }, itemStyle: { color: c.frontier },
    areaStyle: { color: c.frontier, opacity: 0.1 },
    data: [{ value: [0, 0] }, ...volume.steps.map(step => ({ value: [at(step), step.volume], trial: step.trial, trials: step.trials, seconds: step.seconds })), { value: [end, volume.steps.at(-1).volume], symbolSize: 0 }],
  }];
  chart.setOption(option);
  find('volume-text').textContent = `The volume that the frontier dominates, every objective in multiples of the uncompressed model, up to ${volume.corner.map(corner => `${corner.multiple}x ${model.metrics.get(corner.metric)?.heading ?? corner.metric}`).join(', ')}. `
    + (timed ? 'Time is that in which the sweep ran.' : 'When trials were measured is not recorded, so they are taken by their number.');
  describe('volume', `The hypervolume over ${overTime ? 'running time' : 'trials'}: ${volume.value.toPrecision(4)} after ${volume.trials} trials, in ${volume.steps.length} steps; the last came with trial ${volume.steps.at(-1).trial}.`);
  table(find('volume-table'), [['trials measured', true], ['by trial', true], ['running time', true], ['hypervolume', true]], volume.steps.map(step => [String(step.trials), String(step.trial), step.seconds === null ? '—' : format.duration(step.seconds), step.volume.toPrecision(4)]));
}

function startVolume() {
  find('volume-over').addEventListener('change', drawVolume);
  view(['data', 'theme'], drawVolume);
}
