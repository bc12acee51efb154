// Makes elements. What is shown goes in as text: nothing on this page ever becomes markup.
function make(tag, attributes, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes ?? {})) {
    if (value === null || value === undefined || value === false) continue;
    if (name === 'on') for (const [kind, act] of Object.entries(value)) element.addEventListener(kind, act);
    else element.setAttribute(name, value === true ? '' : value);
  }
  element.append(...children.flat(Infinity).filter(child => child !== null && child !== undefined && child !== false));
  return element;
}

const find = id => document.getElementById(id);

const fill = (element, ...children) => element.replaceChildren(...children.flat(Infinity).filter(child => child !== null && child !== undefined && child !== false));

// Replaces the choices of a list and keeps what was chosen where it is still there.
function choices(select, options, chosen) {
  const kept = select.value;
  fill(select, options.map(([value, text]) => make('option', { value }, text)));
  select.value = options.some(([value]) => value === kept && kept !== '') ? kept : chosen ?? options[0]?.[0] ?? '';
}

function table(element, heads, rows) {
  fill(element,
    make('thead', null, make('tr', null, heads.map(([text, number]) => make('th', { scope: 'col', class: number && 'number' }, text)))),
    make('tbody', null, rows.map(cells => make('tr', null, cells.map((cell, i) => make(i === 0 ? 'th' : 'td', { scope: i === 0 && 'row', class: heads[i][1] && 'number' }, cell))))));
}

const announce = text => { find('announce').textContent = text; };
