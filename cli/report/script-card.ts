/** What was found about one role, and on paper about all that failed. */
export const CARD = `
const itemOf = ([id, status, detail, fix]) => {
  const item = make('li', { class: WORDS[status] }, make('b', { class: status }, columns[id] + ' – ' + WORDS[status]),
    texts[detail]);
  if (fix >= 0) item.append(make('span', { class: 'fix' }, make('strong', {}, 'What to do: '), texts[fix]));
  return item;
};
const listOf = (checks) => make('ul', { class: 'found' }, ...checks.map(itemOf));
const titleOf = (role) => role.arn ?? 'no role of ' + role.uid;

const open = (role) => {
  const close = make('button', { type: 'button', class: 'close' }, 'Close');
  close.addEventListener('click', () => card.close());
  const parts = [['f', 'What failed, and what to do'], ['s', 'Could not be checked'], ['p', 'Passed']];
  opened = nameInAddress(role);
  saveAddress();
  card.replaceChildren(close, ...(role.arn === null ? [] : [copyButton(role, {})]), make('h2', { id: 'card-title' }, titleOf(role)),
    make('p', {}, 'Requester ' + role.uid + (role.name === null ? '' : ' (' + role.name + ')') + ', ' + role.access + ', ', make('b', { class: role.status }, role.status),
      ', assurance: ' + role.assurance),
    make('p', {}, 'Grants ' + (role.engines.join(', ') || 'no engine') + ', ' + (role.ends === null ? 'without an end' : 'first end ' + role.ends) +
      ', ' + (role.used === null ? 'no use known' : 'last used on ' + role.used)));
  if (role.emergency !== undefined) card.append(make('p', {}, make('strong', {}, 'Emergency: '), role.emergency));
  for (const [status, title] of parts) {
    const checks = role.checks.filter((check) => check[1] === status);
    if (checks.length > 0) card.append(make('h3', {}, title + ' (' + checks.length + ')'), listOf(checks));
  }
  card.showModal();
  card.scrollTop = 0;
};
body.addEventListener('click', (event) => {
  const row = event.target.closest('tr[aria-rowindex]');
  if (row === null) return;
  const index = Number(row.getAttribute('aria-rowindex')) - 2;
  moveTo(index);
  open(shown[index]);
});
card.addEventListener('click', (event) => { if (event.target === card) card.close(); });
card.addEventListener('close', () => {
  opened = '';
  saveAddress();
  focusActive();
});

addEventListener('beforeprint', () => {
  everything = true;
  draw(true);
  const failed = shown.filter(({ status }) => status === 'failed');
  const paper = byId('paper');
  paper.replaceChildren(make('h2', {}, 'What failed, and what to do'));
  for (const role of failed)
    paper.append(make('h3', {}, titleOf(role)), listOf(role.checks.filter(([, status]) => status === 'f')));
});
addEventListener('afterprint', () => {
  everything = false;
  byId('paper').replaceChildren();
  draw(true);
});
`;
