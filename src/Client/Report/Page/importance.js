// Which settings mattered.
const method = 'First-order effect of each setting by itself: the share of the variance among the models that goes with its values (omega squared of a one-way analysis of variance, Hays 1963), '
  + 'with the 95 % interval of the jackknife. Times, sizes and energies are compared by factors, accuracies by differences. A setting that means nothing beside others is looked at only where it is in effect. '
  + 'Do not trust it where the interval is wide, and do not read it as what settings do together: an effect that only shows in combination counts for neither.';

function drawImportance() {
  choices(find('importance-of'), model.document.importance.map(each => [each.metric, model.metrics.get(each.metric)?.title ?? each.metric]));
  const found = model.document.importance.find(each => each.metric === find('importance-of').value);
  const rows = [...found?.parameters ?? []].sort((a, b) => (b.share ?? -1) - (a.share ?? -1));
  const known = rows.filter(row => row.share !== null);
  table(find('importance-table'), [['setting'], ['share of the variance', true], ['95 % interval', true], ['models', true], ['values compared', true]], rows.map(row => [
    row.parameter, row.share === null ? '—' : format.share(row.share), row.share === null ? row.unknown : `${format.share(row.low)} to ${format.share(row.high)}`, String(row.models), String(row.groups),
  ]));
  const unknown = rows.filter(row => row.share === null);
  find('importance-text').textContent = method + (unknown.length > 0 && known.length > 0 ? ` Not told: ${unknown.map(row => `${row.parameter}, as ${row.unknown}`).join('; ')}.` : '');
  if (known.length === 0) return showEmpty('importance', rows.length === 0 ? 'Nothing was swept.' : `Not to be told yet: ${rows[0].parameter}, as ${rows[0].unknown}.`);
  find('importance').style.height = `${Math.max(140, 70 + 34 * known.length)}px`;
  const c = colours(), chart = showChart('importance'), narrow = find('importance').clientWidth < 420;
  const option = base(c), shown = known.toReversed();
  option.grid = { left: narrow ? 120 : 170, right: 30, top: 6, bottom: 46 };
  option.xAxis = { type: 'value', min: 0, max: 1, name: 'share of the variance', nameLocation: 'middle', nameGap: 28, nameTextStyle: { color: c.ink, fontSize: 13 }, axisLabel: { color: c.quiet, formatter: value => format.share(value), hideOverlap: true }, splitLine: { lineStyle: { color: c.rule } } };
  option.yAxis = { type: 'category', data: shown.map(row => row.parameter), axisLabel: { color: c.ink, width: narrow ? 110 : 160, overflow: 'truncate' }, axisLine: { lineStyle: { color: c.line } }, axisTick: { show: false } };
  option.tooltip.formatter = params => { const row = shown[params.dataIndex]; return tip(row.parameter, [`${format.share(row.share)} (${format.share(row.low)} to ${format.share(row.high)})`, `${row.groups} values or ranges in ${row.models} models`, model.document.parameters.find(p => p.key === row.parameter)?.description]); };
  option.series = [
    { id: 'shares', type: 'bar', barMaxWidth: 18, itemStyle: { color: c.frontier, borderRadius: [0, 4, 4, 0] }, data: shown.map(row => row.share) },
    {
      id: 'ends', type: 'custom', silent: true, z: 5, zlevel: 0, data: shown.map((row, i) => [row.low, i, row.high]), encode: { x: [0, 2], y: 1 },
      renderItem: (_, api) => {
        const [a, b] = [api.coord([api.value(0), api.value(1)]), api.coord([api.value(2), api.value(1)])];
        const line = (x1, y1, x2, y2) => ({ type: 'line', shape: { x1, y1, x2, y2 }, style: { stroke: c.ink, lineWidth: 1.4 } });
        return { type: 'group', children: [line(a[0], a[1], b[0], b[1]), line(a[0], a[1] - 4, a[0], a[1] + 4), line(b[0], b[1] - 4, b[0], b[1] + 4)] };
      },
    },
  ];
  chart.setOption(option);
  describe('importance', `Share of the variance of ${model.metrics.get(found.metric)?.title ?? found.metric}: ${known.map(row => `${row.parameter} ${format.share(row.share)}`).join(', ')}.`);
}

function startImportance() {
  find('importance-of').addEventListener('change', drawImportance);
  view(['data', 'theme'], drawImportance);
}
