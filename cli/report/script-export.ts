/** What leaves the page: an ARN to the clipboard, the roles that are shown as a file. */
export const EXPORT = `
const copy = async (text) => {
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    // A page from a disk may not use the clipboard everywhere; what is selected can be copied by the older way.
    const field = make('textarea', { class: 'copying' });
    field.value = text;
    (card.open ? card : document.body).append(field);
    field.select();
    document.execCommand('copy');
    field.remove();
  }
};
const copyButton = (role, attributes) => {
  const label = 'Copy the ARN of ' + role.uid;
  const button = make('button', { type: 'button', class: 'copy', 'aria-label': label, ...attributes }, 'Copy');
  button.addEventListener('click', async (event) => {
    event.stopPropagation();
    await copy(role.arn);
    byId('shown').textContent = 'copied ' + role.arn;
  });
  return button;
};

const save = (name, type, text) => {
  const url = URL.createObjectURL(new Blob([text], { type }));
  const link = make('a', { href: url, download: name });
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 1000);
};
byId('csv').addEventListener('click', () => save('roles.csv', 'text/csv', csvOf(shown, columns, texts)));
byId('json').addEventListener('click', () => save('roles.json', 'application/json', jsonOf(shown, columns, texts)));
`;
