import { CARD } from './script-card.ts';
import { EXPORT } from './script-export.ts';
import { FILTERS } from './script-filters.ts';
import { HEADS } from './script-heads.ts';
import { LOGIC } from './script-logic.ts';
import { MATRIX } from './script-matrix.ts';

/**
 * The page's script: no library, nothing loaded, and no markup out of data (`textContent` only). Its parts are texts,
 * because they run in a browser and are not compiled: test/browser runs every one of them in Chromium.
 */
export const SCRIPT = `(() => {
'use strict';
const { columns, meanings, texts, roles, owners } = JSON.parse(document.getElementById('data').textContent);
const byId = (id) => document.getElementById(id);
const make = (name, attributes = {}, ...children) => {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  element.append(...children);
  return element;
};
const WORDS = { p: 'pass', f: 'fail', s: 'skip' };
const SIGNS = { p: '✓', f: '✗', s: '–' };
const isEngine = (id) => id.startsWith('engine:');
const failedOf = (role) => role.checks.filter(([, status]) => status === 'f').map(([id]) => columns[id]);
const ownerOf = ({ arn }) => (arn ?? '').split(':')[3] ?? '';
const nameOf = new Map(owners.map(({ uid, name }) => [uid, name]));
const nameInAddress = (role) => role.arn ?? 'none:' + role.uid + ':' + role.access;
let shown = roles;
const frame = byId('frame');
const card = byId('card');
${LOGIC}
${EXPORT}
${HEADS}
${MATRIX}
${FILTERS}
${CARD}
followAddress();
})();
`;
