// Canvases of our own below a chart. The library draws axes, limits and small charts; of thousands of points and lines it makes as many objects, and
// takes all of them through all of its stages when some are to be dimmed.

// An empty canvas of the size of its chart, to be drawn on in pixels of the page.
function blank(id) {
  const canvas = find(id), ratio = devicePixelRatio;
  const [width, height] = [Math.round(canvas.clientWidth * ratio), Math.round(canvas.clientHeight * ratio)];
  if (canvas.width !== width || canvas.height !== height) Object.assign(canvas, { width, height });
  const pen = canvas.getContext('2d');
  pen.reset();
  pen.scale(ratio, ratio);
  return pen;
}

// The trial under the pointer is told to all charts, and in words beside the pointer.
// A click that is taken means something else to the library.
function followPointer(id, { trialAt, metrics, away, isTaken = () => false }) {
  const zr = charts.get(id).getZr();
  const at = event => trialAt(event.offsetX, event.offsetY);
  zr.on('mousemove', event => {
    const trial = isDragging || event.event.buttons > 0 ? null : at(event);
    hover(trial);
    if (trial === null) return hideTip();
    zr.setCursorStyle('pointer');
    showTip(find(id), event.offsetX, event.offsetY, tipOf(model.byTrial.get(trial), metrics()));
  });
  zr.on('globalout', () => { hover(null); hideTip(); });
  zr.on('click', event => {
    if (isTaken(event)) return;
    const trial = at(event);
    if (trial !== null) select(trial); else away?.(event);
  });
}

// Beside the pointer, and inside of the chart.
function showTip(element, x, y, content) {
  const box = find('tip'), frame = element.getBoundingClientRect(), distance = 14;
  fill(box, content);
  box.hidden = false;
  // It is as wide as it likes where nothing is in its way.
  Object.assign(box.style, { left: '0', top: '0' });
  const { offsetWidth: width, offsetHeight: height } = box;
  const left = x + distance + width <= frame.width ? x + distance : Math.max(0, x - distance - width);
  const top = y + distance + height <= frame.height ? y + distance : Math.max(0, y - distance - height);
  Object.assign(box.style, { left: `${scrollX + frame.left + left}px`, top: `${scrollY + frame.top + top}px` });
}

const hideTip = () => { find('tip').hidden = true; };
