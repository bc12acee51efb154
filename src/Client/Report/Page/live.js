// The page while its sweep runs: asks the console that serves it for what is new, and says when nobody answers.
const shortestPause = 1000, pauseWhenLost = 2000;
const live = { viewer: crypto.getRandomValues(new Uint32Array(4)).join('-').slice(0, 40), server: '', version: 0, report: 0, wanted: 0, device: null, closed: false, told: false };

const pause = milliseconds => new Promise(resolve => setTimeout(resolve, milliseconds));

async function ask(path) {
  const response = await fetch(path, { cache: 'no-store', signal: AbortSignal.timeout(40_000) });
  if (response.status === 204) return null;
  if (!response.ok) throw new Error(`${path} answers ${response.status}`);
  return response.json();
}

async function follow() {
  let seen = new Date();
  for (;;) {
    try {
      // Results that are not made ready yet are asked for again soon.
      const progress = await ask(`progress?viewer=${live.viewer}&server=${live.server}&after=${live.version}${live.wanted === live.report ? '' : '&soon'}`);
      seen = new Date();
      if (progress) {
        if (progress.server !== live.server) live.report = 0;
        Object.assign(live, { server: progress.server, version: progress.version, wanted: progress.report });
        showProgress(progress);
      }
      if (live.wanted !== live.report) await fetchReport();
      await pause(live.closed && !live.told ? 0 : shortestPause);
      live.told = live.closed;
    } catch {
      if (!live.closed) {
        find('live').classList.add('lost');
        find('live').textContent = `Connection lost. This is how it stood at ${seen.toLocaleTimeString('en-GB')}; trying again.`;
      }
      await pause(pauseWhenLost);
    }
  }
}

// What was chosen, brushed and focused stays as it is.
async function fetchReport() {
  const device = live.device;
  const answer = await ask(`report?server=${live.server}&after=${live.report}&device=${encodeURIComponent(device)}`);
  if (!answer || device !== live.device) return;
  if (answer.document.experiment !== model.document.experiment) return location.reload();
  const isOther = answer.document.device !== model.document.device;
  live.report = answer.version;
  read(answer.document);
  // What was brushed among the numbers of another class of machines means nothing among these.
  if (isOther) {
    state.zoom = null;
    clearFilters();
  }
  showTexts();
  changed('data');
}

function showTexts() {
  const { texts, failures, experiment, status } = model.document;
  find('summary').textContent = `${experiment}, ${status}: ${texts.summary}`;
  find('lead').textContent = texts.lead;
  fill(find('tiles'), texts.recommended.map(metric => make('li', null, make('span', null, metric.noun), make('b', null, metric.value), make('span', null, metric.change ?? ''))));
  fill(find('facts'), texts.facts.map(fact => make('div', null, make('dt', null, fact.name), make('dd', null, fact.badge && [make('span', { class: 'badge' }, fact.badge), ' '], make('bdi', null, fact.text)))));
  fill(find('remarks'), texts.remarks.map(remark => make('p', null, remark)));
  find('reproduce-model').hidden = texts.export === null;
  find('reproduce-command').textContent = texts.export;
  find('failures').hidden = failures.length === 0;
  find('failures-more').textContent = texts.moreFailures;
  fill(find('failure-list'), failures.flatMap(failure => [make('dt', null, `trial ${failure.trial}`), make('dd', { class: 'warn' }, make('bdi', null, failure.error))]));
}

function showProgress(progress) {
  const running = progress.status === 'running';
  live.closed = find('device').disabled = progress.closed;
  find('status').textContent = progress.stopping && running ? 'stopping' : progress.status;
  find('status').className = `chip ${progress.status}`;
  find('live').classList.toggle('lost', progress.closed && running);
  find('live').textContent = progress.closed
    ? running ? 'The console that served this page has ended; the sweep goes on.' : 'The run has ended. This page stays as it is.'
    : `${running ? 'running for' : ''} ${format.duration(progress.elapsed)}${progress.timeLeft !== null && running ? `, about ${format.duration(progress.timeLeft)} left` : ''}`;
  const { trials, stages } = progress;
  fill(find('progress-now'), !running ? [] : [
    make('progress', { max: 1, value: progress.fraction, 'aria-label': 'done' }),
    make('p', { class: 'quiet' }, `trials ${trials.succeeded + trials.failed}${trials.total === null ? '' : ` of ${trials.total}`} (${trials.failed} failed)`
      + (stages ? `, stages ${stages.computed} computed, ${stages.reused} reused, ${stages.failed} failed, of ${stages.total}` : '')),
    (progress.notice ?? progress.limit) && make('p', { class: 'warn' }, progress.notice ?? progress.limit),
    make('ul', { class: 'slots' }, progress.slots.map(slot => make('li', null, make('b', null, slot.stage), ` ${format.share(slot.fraction)}, ${format.duration(slot.seconds)}, ${slot.text} `, make('bdi', { class: 'quiet' }, slot.settings)))),
    progress.troubles.map(trouble => make('p', { class: 'warn' }, make('bdi', null, trouble))),
  ]);
}

// Numbers of another class of machines; where nobody answers the page goes on saying whose it shows.
async function changeDevice(event) {
  Object.assign(live, { device: event.target.value, report: 0 });
  try {
    await fetchReport();
  } catch {
    live.device = event.target.value = model.document.device;
  }
}

function startLive() {
  if (document.documentElement.dataset.live === undefined) return;
  const { device, devices } = model.document;
  live.device = device;
  find('classes').hidden = devices.length === 1;
  choices(find('device'), devices.map(name => [name, name]), device);
  find('device').addEventListener('change', changeDevice);
  follow();
}
