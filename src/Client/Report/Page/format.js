// Numbers for people, as the console writes them: three digits unless more are asked for, and the prefix that fits.
const format = (() => {
  const usual = 3, most = 15;
  const metricOf = name => model.metrics.get(name) ?? model.document.techniques.metrics.find(m => m.name === name);
  const round = (value, digits) => value === 0 ? 0 : Number(value.toPrecision(digits));

  function text(value, digits) {
    const size = Math.abs(value);
    if (size === 0) return '0';
    return size >= 1 ? value.toFixed(Math.max(0, digits - 1 - Math.floor(Math.log10(size)))) : String(Number(value.toFixed(digits)));
  }

  function value(name, number, digits = usual) {
    const metric = metricOf(name);
    if (number === null || !Number.isFinite(number)) return '—';
    if (metric?.percent) return `${(number * 100).toFixed(digits - 1)} %`;
    const rounded = round(number, digits);
    if (!metric?.prefixes) return text(rounded, digits) + (metric?.suffix ?? '');
    const fits = metric.prefixes.filter(p => Math.abs(rounded) >= p.factor * (1 - 1e-9));
    const prefix = rounded === 0 ? metric.prefixes.find(p => p.factor === 1) : fits.at(-1) ?? metric.prefixes[0];
    const scaled = round(rounded / prefix.factor, digits);
    return `${metric.unit === 'By' && prefix.factor === 1 ? scaled.toFixed(digits - usual) : text(scaled, digits)} ${prefix.symbol}`;
  }

  // As many digits as it takes that the marks of an axis are what they say, and so differ.
  function digits(name, numbers) {
    const gap = Math.min(...numbers.slice(1).map((number, i) => Math.abs(number - numbers[i])));
    const written = (number, count) => metricOf(name)?.percent ? Number((number * 100).toFixed(count - 1)) / 100 : round(number, count);
    let count = usual;
    while (count < most && numbers.some(number => Math.abs(written(number, count) - number) > gap / 50)) count++;
    return count;
  }

  const marks = { estimated: text => `~${text}`, integrated: text => `∫${text}`, attributed: text => `${text}†` };

  // With the mark of its provenance.
  function metric(name, number) {
    if (!number || number.value === null) return '—';
    const text = value(name, number.value);
    return marks[number.provenance]?.(text) ?? text;
  }

  const interval = (name, number) => number && number.low !== null && number.high !== null && number.high > number.low
    ? `${value(name, number.low)} to ${value(name, number.high)}` : null;

  function duration(seconds) {
    if (seconds < 9.95) return `${Math.max(0, seconds).toFixed(1)} s`;
    if (seconds < 59.5) return `${seconds.toFixed(0)} s`;
    const whole = Math.floor(seconds), two = part => String(part).padStart(2, '0');
    if (whole < 3600) return `${Math.floor(whole / 60)} min ${two(whole % 60)} s`;
    if (whole < 172800) return `${Math.floor(whole / 3600)} h ${two(Math.floor(whole / 60) % 60)} min`;
    return `${Math.floor(whole / 86400)} days ${Math.floor(whole / 3600) % 24} h`;
  }

  const setting = value => value === undefined || value === null ? '–' : String(value);
  const share = number => `${(number * 100).toFixed(0)} %`;
  return { value, digits, metric, interval, duration, setting, share };
})();
