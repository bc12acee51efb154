// What a point looks like by what it is. Paths lie in a square of 100; sizes are pixels.
const disc = 'M50 0A50 50 0 1 1 49.9 0Z';
const diamond = 'M50 0 100 50 50 100 0 50Z';
const star = 'M50 3 61 37 97 37 68 58 79 93 50 72 21 93 32 58 3 37 39 37Z';
const cross = 'M0 14 14 0 50 36 86 0 100 14 64 50 100 86 86 100 50 64 14 100 0 86 36 50Z';

// Later ones lie above earlier ones.
const kinds = ['left-out', 'dominated', 'reference', 'frontier', 'recommended'];
const looks = c => ({
  'left-out': { path: cross, size: 9, fill: c.out, edge: 'none', width: 0 },
  dominated: { path: disc, size: 9, fill: 'none', edge: c.dominated, width: 1.6 },
  reference: { path: diamond, size: 17, fill: c.reference, edge: c.card, width: 1 },
  frontier: { path: disc, size: 12, fill: c.frontier, edge: c.card, width: 1 },
  recommended: { path: star, size: 22, fill: c.frontier, edge: c.ink, width: 1.2 },
});

// A mark is drawn once and then stamped wherever there is a point of its kind.
const stamps = new Map();

function stampOf(kind, measured, scale) {
  const key = `${kind} ${measured} ${scale} ${devicePixelRatio}`;
  if (!stamps.has(key)) stamps.set(key, drawStamp(kind, measured, scale));
  return stamps.get(key);
}

function drawStamp(kind, measured, scale) {
  const c = colours(), look = looks(c)[kind], size = look.size * scale, ratio = devicePixelRatio;
  const side = Math.ceil(size + 5), canvas = new OffscreenCanvas(Math.ceil(side * ratio), Math.ceil(side * ratio));
  const pen = canvas.getContext('2d'), path = new Path2D(look.path);
  pen.scale(ratio * size / 100, ratio * size / 100);
  pen.translate((side - size) / 2 * 100 / size, (side - size) / 2 * 100 / size);
  const inPath = pixels => pixels * 100 / size;
  if (look.fill !== 'none') {
    pen.fillStyle = look.fill;
    pen.fill(path);
  }
  // What is under the pointer is larger and has a strong edge.
  const [edge, width] = scale > 1 ? [c.ink, 2] : measured ? [look.edge, look.width] : [kind === 'dominated' ? look.edge : c.ink, 1.4];
  if (width > 0) {
    pen.strokeStyle = edge;
    pen.lineWidth = inPath(width);
    if (!measured) pen.setLineDash([3, 2].map(inPath));
    pen.stroke(path);
  }
  return { image: canvas.transferToImageBitmap(), side };
}

function drawLegend(points) {
  const look = looks(colours());
  const shape = kind => {
    const space = 'http://www.w3.org/2000/svg';
    const [svg, path] = ['svg', 'path'].map(name => document.createElementNS(space, name));
    svg.setAttribute('viewBox', '0 0 100 100');
    svg.setAttribute('aria-hidden', 'true');
    for (const [name, value] of [['d', look[kind].path], ['fill', look[kind].fill], ['stroke', look[kind].edge], ['stroke-width', '10']]) path.setAttribute(name, value);
    svg.append(path);
    return svg;
  };
  const present = kinds.toReversed().filter(kind => points.some(point => kindOf(point) === kind));
  fill(find('scatter-legend'), present.map(kind => make('li', null, shape(kind), kindNames[kind])),
    points.some(point => !isMeasured(point)) && make('li', null, 'dashed outline: a number that is not measured but estimated, integrated or attributed'));
}
