/** The heads of the columns: they sort by a click or a key, and say what a check means. */
export const HEADS = `
const heads = byId('heads');
const tip = byId('tip');
let order = { sort: '', down: false };

const headOf = (sort, name, className, meaning) => {
  const button = make('button', { type: 'button', class: 'sort', tabindex: '-1', 'data-sort': sort }, make('span', {}, name));
  if (meaning !== '') {
    button.setAttribute('aria-description', meaning);
    button.dataset.meaning = meaning;
  }
  return make('th', { scope: 'col', class: className }, button);
};
heads.replaceChildren(headOf('requester', 'Role of requester', 'first', ''),
  ...(owners.length > 0 ? [headOf('owner', 'Owner', 'of', '')] : []),
  headOf('verdict', 'Verdict', 'verdict', ''), headOf('engines', 'Engines', 'engines', ''),
  headOf('ends', 'Ends', 'ends', 'The earliest end of what the role grants.'),
  headOf('used', 'Used', 'used', 'The last day on which DMS assumed the role, as far as ActionTrail showed the sweep.'),
  ...columns.map((id, index) => headOf(id, id, 'c', meanings[index])),
  make('th', { scope: 'col', class: 'what' }, 'What was found'), headOf('arn', 'ARN', 'arn', ''));
const sorters = [...heads.querySelectorAll('.sort')];
sorters[0].tabIndex = 0;

const showOrder = () => {
  for (const button of sorters) {
    const own = button.dataset.sort === order.sort;
    button.parentElement.setAttribute('aria-sort', own ? (order.down ? 'descending' : 'ascending') : 'none');
  }
};
const hideTip = () => { tip.hidden = true; };
const showTip = (button) => {
  if (button.dataset.meaning === undefined) return hideTip();
  tip.textContent = button.dataset.meaning;
  tip.hidden = false;
  const place = button.getBoundingClientRect();
  tip.style.left = Math.max(8, Math.min(place.left, innerWidth - tip.offsetWidth - 8)) + 'px';
  tip.style.top = place.bottom + 6 + 'px';
};

heads.addEventListener('click', (event) => {
  const button = event.target.closest('.sort');
  if (button === null) return;
  order = nextSort(order, button.dataset.sort);
  applyFilters();
});
heads.addEventListener('keydown', (event) => {
  if (event.key === 'Escape') return hideTip();
  const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
  if (step === undefined) return;
  event.preventDefault();
  // What a narrow screen leaves out cannot be reached there.
  const seen = sorters.filter((button) => button.offsetParent !== null);
  seen[(seen.indexOf(event.target) + step + seen.length) % seen.length].focus();
});
heads.addEventListener('focusin', ({ target }) => {
  for (const button of sorters) button.tabIndex = button === target ? 0 : -1;
  showTip(target);
});
heads.addEventListener('focusout', hideTip);
heads.addEventListener('mouseover', ({ target }) => {
  const button = target.closest('.sort');
  if (button !== null) showTip(button);
});
heads.addEventListener('mouseleave', hideTip);
frame.addEventListener('scroll', hideTip, { passive: true });
`;
