/** What is shown: by owner where there are several, requester, engine, verdict and failed check, all of them together. */
export const FILTERS = `
const filters = byId('filters');
const options = (select, values) => {
  for (const [value, label] of values) select.append(make('option', { value }, label));
};
options(byId('engine'), columns.filter(isEngine).map((id) => [id, id.slice('engine:'.length)]));
const failures = new Map();
for (const role of roles) for (const id of failedOf(role)) failures.set(id, (failures.get(id) ?? 0) + 1);
options(byId('check'), [...failures].sort(([, a], [, b]) => b - a).map(([id, count]) => [id, id + ' (' + count + ')']));

const applyFilters = () => {
  const owner = byId('owner')?.value ?? '';
  const requester = byId('requester').value.trim();
  const engine = columns.indexOf(byId('engine').value);
  const verdict = byId('verdict').value;
  const check = columns.indexOf(byId('check').value);
  shown = roles.filter((role) =>
    (owner === '' || ownerOf(role) === owner) &&
    role.uid.includes(requester) &&
    (verdict === '' || role.status === verdict) &&
    (engine < 0 || role.checks.some(([id]) => id === engine)) &&
    (check < 0 || role.checks.some(([id, status]) => id === check && status === 'f')));
  active = 0;
  frame.scrollTop = 0;
  draw(true);
  byId('shown').textContent = shown.length === roles.length
    ? roles.length.toLocaleString('en') + (roles.length === 1 ? ' role' : ' roles')
    : shown.length.toLocaleString('en') + ' of ' + roles.length.toLocaleString('en') + ' roles';
};
filters.addEventListener('input', applyFilters);
filters.addEventListener('reset', () => setTimeout(applyFilters));
filters.addEventListener('submit', (event) => event.preventDefault());
`;
