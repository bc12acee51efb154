// Numbers for people, as the console writes them: three digits and the prefix that fits.
const format = (() => {
  const threeDigits = value => value === 0 ? 0 : Number(value.toPrecision(3));

  function digits(value) {
    const size = Math.abs(value);
    if (size === 0) return '0';
    if (size >= 100) return value.toFixed(0);
    if (size >= 10) return value.toFixed(1);
    return size >= 1 ? value.toFixed(2) : String(Number(value.toFixed(3)));
  }

  function value(name, number) {
    const metric = model.metrics.get(name) ?? model.document.techniques.metrics.find(m => m.name === name);
    if (number === null || !Number.isFinite(number)) return '—';
    if (metric?.percent) return `${(number * 100).toFixed(2)} %`;
    const rounded = threeDigits(number);
    if (!metric?.prefixes) return digits(rounded) + (metric?.suffix ?? '');
    const fits = metric.prefixes.filter(p => Math.abs(rounded) >= p.factor * (1 - 1e-9));
    const prefix = rounded === 0 ? metric.prefixes.find(p => p.factor === 1) : fits.at(-1) ?? metric.prefixes[0];
    const scaled = threeDigits(rounded / prefix.factor);
    return `${metric.unit === 'By' && prefix.factor === 1 ? scaled.toFixed(0) : digits(scaled)} ${prefix.symbol}`;
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
  return { value, metric, interval, duration, setting, share };
})();
