import { peopleRights } from '../../shared/installation/people.ts';
import { AT } from '../../test/rights/at.ts';
import type { Principal, Scope } from '../../test/rights/examine.ts';
import { examine, scopesOf, UNPROVED } from '../../test/rights/examine.ts';
import { UNSCOPED } from '../../test/rights/foreign.ts';
import { REQUESTER } from '../../test/rights/ground.ts';

/** The policies of people as files, to be attached once `<A>`, `<B>` and `<region>` are replaced. */
export const rightsFiles = (): Readonly<Record<string, unknown>> =>
  Object.fromEntries(
    peopleRights(AT, REQUESTER).map(({ name, permission }) => [
      `deploy/rights/${name}.json`,
      JSON.parse(named(JSON.stringify(permission))),
    ]),
  );

/** The generated part of docs/explain/security.md. Runs every journey under every document that lacks a word. */
export const rightsPart = async (): Promise<string> => renderRights(await examine());

/** The page with another generated part: what stands between its marks, and nothing else. */
export const withRights = (page: string, part: string): string =>
  page.replace(
    /(?<=<!-- rights:begin -->\n).*(?=<!-- rights:end -->)/s,
    // Not as a text: signs in it would mean something else there.
    () => `\n${part}\n\n`,
  );

export const renderRights = (principals: readonly Principal[]): string =>
  named(
    [
      ...principals.flatMap(section),
      '### What cannot be scoped',
      '',
      ...Object.entries(UNSCOPED).map(([action, guard]) => `- \`${action}\`: ${guard}.`),
      '',
      `"${UNPROVED}": the vendor's manual names \`fc:GetFunctionAsyncInvokeConfig\` and \`fc:PutFunctionAsyncInvokeConfig\`, the API and public policies name the operations without \`Function\`. Only the real cloud shows which one counts, so both are given.`,
    ].join('\n'),
  );

const named = (text: string): string =>
  text.replaceAll(AT.ownerUid, '<B>').replaceAll(REQUESTER, '<A>').replaceAll(`:${AT.region}:`, ':<region>:');

function section({ name, why, permission, findings }: Principal): readonly string[] {
  return [
    `### \`${name}\``,
    '',
    `${why[0]?.toUpperCase()}${why.slice(1)}.`,
    '',
    '| Taken away | Fails then |',
    '|---|---|',
    ...findings.map(
      ({ kind, word, actions, fails }) =>
        `| \`${word}\`${kind === 'action' ? '' : ` for ${short(actions)}`} | ${fails ?? '**nothing**'} |`,
    ),
    '',
    '| Limited to | For | Keeps out |',
    '|---|---|---|',
    ...scopesOf(permission).map(scopeRow),
    '',
  ];
}

const scopeRow = ({ resource, actions, foreign }: Scope): string =>
  `| \`${resource}\` | ${short(actions)} | ${foreign === null ? 'cannot be scoped, see below' : `\`${foreign}\``} |`;

const short = (actions: readonly string[]): string =>
  actions.map((action) => `\`${action.replace(/^\w+:/, '')}\``).join(', ');
