/** Draws the rows that can be seen, and the keys that go through all of them. */
export const MATRIX = `
const body = byId('rows');
const matrix = byId('matrix');
const AROUND = 12;
const STEP = 8;
let active = 0;
let height = 0;
let drawn = '';
let everything = false;

matrix.style.setProperty('--checks', columns.length);
matrix.style.setProperty('--owners', owners.length > 0 ? 1 : 0);

const textCell = (className, text, title) => make('td', title === '' ? { class: className } : { class: className, title }, text);
const rowOf = (role, index) => {
  const name = make('button', { type: 'button', class: 'role', 'data-index': index, tabindex: index === active ? 0 : -1 },
    role.uid, ...(role.access === 'console' ? [make('span', { class: 'kind' }, ' (console)')] : []),
    ...(role.name === null ? [] : [make('span', { class: 'name' }, role.name)]));
  const row = make('tr', { class: role.status, 'aria-rowindex': index + 2 },
    make('th', { scope: 'row' }, name),
    ...(owners.length === 0 ? [] : [make('td', { class: 'of' }, nameOf.get(ownerOf(role)) ?? ownerOf(role))]),
    make('td', { class: 'verdict ' + role.status }, role.status),
    textCell('engines', role.engines.join(', '), role.engines.join(', ')),
    textCell('ends', (role.ends ?? '').slice(0, 10), role.ends ?? ''),
    textCell('used', role.used ?? '-', ''));
  const cells = columns.map(() => make('td', { class: 'c' }));
  for (const [id, status] of role.checks) {
    cells[id].className = 'c ' + status;
    cells[id].textContent = SIGNS[status];
    cells[id].setAttribute('aria-label', WORDS[status]);
  }
  const failed = failedOf(role);
  row.append(...cells, make('td', { class: 'what ' + role.status }, failed.join(', ') || role.status),
    make('td', { class: 'arn' }, ...(role.arn === null ? [] : [copyButton(role, { tabindex: '-1', title: role.arn }), role.arn])));
  return row;
};

const gapOf = (rows) => {
  const row = make('tr', { class: 'gap', 'aria-hidden': 'true' }, make('td'));
  row.firstChild.style.height = rows * height + 'px';
  return row;
};

const draw = (force = false) => {
  if (height === 0 && shown.length > 0) {
    body.replaceChildren(rowOf(shown[0], 0));
    height = body.firstChild.getBoundingClientRect().height || 32;
  }
  // Drawn anew after some rows only, not after each.
  const top = Math.floor(frame.scrollTop / (height || 32) / STEP) * STEP;
  const first = everything ? 0 : Math.max(0, top - AROUND);
  const seen = Math.ceil(innerHeight / (height || 32)) + 2 * AROUND;
  const end = everything ? shown.length : Math.min(shown.length, first + seen);
  if (!force && drawn === first + '-' + end) return;
  drawn = first + '-' + end;
  const focused = body.contains(document.activeElement);
  const rows = shown.slice(first, end).map((role, index) => rowOf(role, first + index));
  body.replaceChildren(...(first > 0 ? [gapOf(first)] : []), ...rows,
    ...(end < shown.length ? [gapOf(shown.length - end)] : []));
  matrix.setAttribute('aria-rowcount', shown.length + 1);
  byId('none').hidden = shown.length > 0;
  byId('none').textContent = roles.length === 0
    ? 'There are no roles yet. Account A asks for one with a request; the next report shows it.'
    : 'No role is like that. "Show all" takes the filters away.';
  if (focused) focusActive();
};

const buttonOf = (index) => body.querySelector('[data-index="' + index + '"]');
const focusActive = () => buttonOf(active)?.focus({ preventScroll: true });

const moveTo = (index) => {
  active = Math.max(0, Math.min(shown.length - 1, index));
  const head = matrix.tHead.getBoundingClientRect().height;
  const top = active * height;
  if (top < frame.scrollTop) frame.scrollTop = top;
  else if (top + height + head > frame.scrollTop + frame.clientHeight)
    frame.scrollTop = top + height + head - frame.clientHeight;
  draw(true);
  focusActive();
};

let waiting = false;
frame.addEventListener('scroll', () => {
  if (waiting) return;
  waiting = true;
  requestAnimationFrame(() => {
    waiting = false;
    draw();
  });
}, { passive: true });
addEventListener('resize', () => { height = 0; draw(true); });

body.addEventListener('keydown', (event) => {
  const page = Math.max(1, Math.floor(frame.clientHeight / height) - 2);
  const steps = { ArrowDown: active + 1, ArrowUp: active - 1, PageDown: active + page, PageUp: active - page,
    Home: 0, End: shown.length - 1 };
  if (!(event.key in steps)) return;
  event.preventDefault();
  moveTo(steps[event.key]);
});
body.addEventListener('focusin', (event) => {
  const index = Number(event.target.dataset.index);
  if (Number.isNaN(index) || index === active) return;
  buttonOf(active)?.setAttribute('tabindex', '-1');
  active = index;
  event.target.setAttribute('tabindex', '0');
});
`;
