/**
 * What the page computes, apart from how it shows it: functions of their arguments alone, without a document, which
 * test/unit/cli/report-logic.test.ts calls.
 */
export const LOGIC = String.raw`
const stateOf = (hash) => Object.fromEntries(new URLSearchParams(hash.replace(/^#/, '')));
const addressOf = (state) => {
  const said = new URLSearchParams(Object.entries(state).filter(([, value]) => value !== '')).toString();
  return said === '' ? '' : '#' + said;
};

const STATUSES = ['failed', 'verified', 'revoked'];
const keyOf = (role, sort, columns) => {
  if (sort === 'requester') return role.uid;
  if (sort === 'owner') return (role.arn ?? '').split(':')[3] ?? '';
  if (sort === 'verdict') return String(STATUSES.indexOf(role.status));
  if (sort === 'engines') return role.engines.join(', ');
  if (sort === 'ends') return role.ends ?? '';
  if (sort === 'used') return role.used ?? '';
  if (sort === 'arn') return role.arn ?? '';
  const found = role.checks.find(([id]) => columns[id] === sort);
  return found === undefined ? '' : String('fsp'.indexOf(found[1]));
};
const collator = new Intl.Collator('en', { numeric: true });
const sortRoles = (roles, sort, down, columns) => {
  if (sort === '') return roles;
  const keyed = roles.map((role) => [keyOf(role, sort, columns), role]);
  keyed.sort(([a], [b]) => {
    // What has no value stays at the end, in whichever direction the others go.
    if (a === '' || b === '') return Number(a === '') - Number(b === '');
    return (down ? -1 : 1) * collator.compare(a, b);
  });
  return keyed.map(([, role]) => role);
};
const nextSort = ({ sort, down }, key) => {
  if (sort !== key) return { sort: key, down: false };
  return down ? { sort: '', down: false } : { sort: key, down: true };
};

const matches = (role, { owner, requester, engine, verdict, check }, columns) =>
  (owner === '' || keyOf(role, 'owner', columns) === owner) &&
  (role.uid.includes(requester) || (role.name ?? '').toLowerCase().includes(requester.toLowerCase())) &&
  (verdict === '' || role.status === verdict) &&
  (engine === '' || role.checks.some(([id]) => columns[id] === engine)) &&
  (check === '' || role.checks.some(([id, status]) => columns[id] === check && status === 'f'));

const fullOf = (role, columns, texts) => ({
  requesterUid: role.uid, name: role.name, roleArn: role.arn, access: role.access, status: role.status,
  assurance: role.assurance, engines: role.engines, expiresAt: role.ends, lastUsedOn: role.used,
  checks: role.checks.map(([id, status, detail, fix]) => ({
    id: columns[id], status: WORDS[status], detail: texts[detail], fix: fix < 0 ? null : texts[fix] })),
});
const jsonOf = (roles, columns, texts) =>
  JSON.stringify({ roles: roles.map((role) => fullOf(role, columns, texts)) }, null, 2) + '\n';

const cellOf = (value) => {
  // A spreadsheet would take what begins so for a formula.
  const text = /^[=+\-@\t\r]/.test(value) ? "'" + value : value;
  return /[",\r\n]/.test(text) ? '"' + text.replaceAll('"', '""') + '"' : text;
};
const csvOf = (roles, columns, texts) => {
  const named = (full, status) => full.checks.filter((check) => check.status === status).map(({ id }) => id).join(' ');
  const rows = roles.map((role) => {
    const full = fullOf(role, columns, texts);
    return [full.requesterUid, full.name ?? '', full.access, full.status, full.assurance, full.engines.join(' '),
      full.expiresAt ?? '', full.lastUsedOn ?? '', named(full, 'fail'), named(full, 'skip'), full.roleArn ?? ''];
  });
  const head = ['requester', 'name', 'access', 'verdict', 'assurance', 'engines', 'ends', 'used', 'failed', 'skipped', 'arn'];
  return [head, ...rows].map((row) => row.map(cellOf).join(',') + '\r\n').join('');
};
`;
