/**
 * What is shown: by owner where there are several, requester, engine, verdict and failed check, all of them together.
 * The address of the page says it, with the order and the role that is open, so that it can be sent.
 */
export const FILTERS = `
const filters = byId('filters');
const options = (select, values) => {
  for (const [value, label] of values) select.append(make('option', { value }, label));
};
options(byId('engine'), columns.filter(isEngine).map((id) => [id, id.slice('engine:'.length)]));
const failures = new Map();
for (const role of roles) for (const id of failedOf(role)) failures.set(id, (failures.get(id) ?? 0) + 1);
options(byId('check'), [...failures].sort(([, a], [, b]) => b - a).map(([id, count]) => [id, id + ' (' + count + ')']));

const FIELDS = ['owner', 'requester', 'engine', 'verdict', 'check'];
let opened = '';
const chosen = () => Object.fromEntries(FIELDS.map((field) => [field, (byId(field)?.value ?? '').trim()]));
const saveAddress = () => {
  const state = { ...chosen(), sort: order.sort, down: order.down ? '1' : '', role: opened };
  try {
    history.replaceState(null, '', location.href.split('#')[0] + addressOf(state));
  } catch {
    // A page without an address of its own, such as a preview of a mail, has none to change.
  }
};

const applyFilters = () => {
  const wanted = chosen();
  shown = sortRoles(roles.filter((role) => matches(role, wanted, columns)), order.sort, order.down, columns);
  active = 0;
  frame.scrollTop = 0;
  showOrder();
  draw(true);
  saveAddress();
  byId('shown').textContent = shown.length === roles.length
    ? roles.length.toLocaleString('en') + (roles.length === 1 ? ' role' : ' roles')
    : shown.length.toLocaleString('en') + ' of ' + roles.length.toLocaleString('en') + ' roles';
};
filters.addEventListener('input', applyFilters);
filters.addEventListener('reset', () => setTimeout(() => {
  order = { sort: '', down: false };
  applyFilters();
}));
filters.addEventListener('submit', (event) => event.preventDefault());

const followAddress = () => {
  const state = stateOf(location.hash);
  for (const field of FIELDS) if (byId(field) !== null) byId(field).value = state[field] ?? '';
  const known = sorters.some((button) => button.dataset.sort === state.sort);
  order = known ? { sort: state.sort, down: state.down === '1' } : { sort: '', down: false };
  const role = roles.find((one) => nameInAddress(one) === state.role);
  opened = '';
  card.close();
  applyFilters();
  if (role === undefined) return;
  const index = shown.indexOf(role);
  if (index >= 0) moveTo(index);
  open(role);
};
addEventListener('hashchange', followAddress);
`;
