// Numbers for people, as the console writes them: three digits and the prefix that fits.
const format = (() => {
  const rounded = (value, digits) => value === 0 ? 0 : Number(value.toPrecision(digits));

  function plain(value, digits = 3) {
    const size = Math.abs(value);
    if (size === 0) return '0';
    return size >= 1 ? value.toFixed(Math.max(0, digits - 1 - Math.floor(Math.log10(size)))) : String(Number(value.toFixed(digits)));
  }

  // Of three digits, unless it must be told from others that differ less.
  function value(name, number, digits = 3) {
    const metric = model.metrics.get(name) ?? model.document.techniques.metrics.find(m => m.name === name);
    if (number === null || !Number.isFinite(number)) return '—';
    if (metric?.percent) return `${(number * 100).toFixed(digits - 1)} %`;
    const whole = rounded(number, digits);
    if (!metric?.prefixes) return plain(whole, digits) + (metric?.suffix ?? '');
    const fits = metric.prefixes.filter(p => Math.abs(whole) >= p.factor * (1 - 1e-9));
    const prefix = whole === 0 ? metric.prefixes.find(p => p.factor === 1) : fits.at(-1) ?? metric.prefixes[0];
    const scaled = rounded(whole / prefix.factor, digits);
    return `${metric.unit === 'By' && prefix.factor === 1 ? scaled.toFixed(digits - 3) : plain(scaled, digits)} ${prefix.symbol}`;
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
  return { plain, value, metric, interval, duration, setting, share };
})();
