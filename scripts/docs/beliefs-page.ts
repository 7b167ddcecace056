import { relative } from 'node:path';
import { type Belief, beliefs, REASONS } from './beliefs.ts';

const PAGE = 'docs/explain/beliefs.md';

/** The page of beliefs, and what `doctor --live` says of each: both are read out of the comments of the code. */
export function beliefFiles(all = beliefs()): Readonly<Record<string, unknown>> {
  return {
    [PAGE]: page(all),
    'cli/doctor/live/beliefs.json': all.map(({ id, state, says, shownBy }) => ({
      id,
      state,
      says,
      elsewhere: shownBy === null || shownBy.kind === 'live' ? null : shownIn(shownBy),
    })),
  };
}

const page = (all: readonly Belief[]): string => `# What is believed about the vendor

<!-- Generated from the comments of the code (npm run docs): change the comment, not this page. -->

No account of the real cloud was reachable from where this was built, so the code rests on what the vendor writes and on what was concluded from it. The local cloud was written from the same beliefs: it proves that the code does what it is meant to do, and not that a belief is true. This page has every belief, where it comes from, and what would show that it is wrong.

- **seen**: somebody has seen it on the real cloud (${count(all, 'seen')}).
- **inferred**: concluded from something else than a statement of the vendor about it (${count(all, 'inferred')}).
- **documented**: a page, an SDK or the API metadata of the vendor says it (${count(all, 'documented')}).

[\`npx dms-handshake doctor --live\`](../operate/live.md) looks at those that a program can look at, in ten minutes, and says of every other one who could. What is inferred and no program looks at says why; there are ${REASONS.length} reasons: ${REASONS.join('; ')}. In the code a belief is a comment of the form \`Belief <id> (<state>): <what>. Source: <where from>. Shown wrong by: <what would>.\`, and a test reads them all.

${section('Seen', all, 'seen')}${section('Inferred', all, 'inferred')}${section('Documented', all, 'documented')}## No data of the vendor

Every other call is held against the vendor's own metadata by tests. For these there is none, so that nothing but their pages and the code of others stands behind them:

- **SelectDB** (\`selectdb\` 2023-05-22): the region list has it, the operations are in no public metadata. The probe is its \`DescribeDBInstances\`.
- **Graph Database** (\`gdb\` 2019-09-03): neither operations nor hosts; the hosts are those of the vendor's Python client.
- **The XML interface of Simple Message Queue** (2015-06-06): no metadata, only pages and SDKs. The control API \`mns-open\` is read from the vendor's Go SDK and from the Terraform provider.
`;

const count = (all: readonly Belief[], state: Belief['state']): string =>
  String(all.filter((belief) => belief.state === state).length);

function section(heading: string, all: readonly Belief[], state: Belief['state']): string {
  const own = all.filter((belief) => belief.state === state);
  if (own.length === 0) return '';
  return [
    `## ${heading}`,
    '',
    '| Belief | What | Source | Shown wrong by |',
    '|---|---|---|---|',
    ...own.map(
      ({ id, says, source, shownBy, file }) =>
        `| [\`${id}\`](${relative('docs/explain', file)}) | ${cell(says)} | ${cell(source)} | ${shownBy === null ? '' : shownBy.kind === 'live' ? '`doctor --live`' : cell(shownIn(shownBy))} |`,
    ),
    '',
    '',
  ].join('\n');
}

const shownIn = (by: Exclude<NonNullable<Belief['shownBy']>, { kind: 'live' }>): string =>
  by.kind === 'conformance'
    ? `the conformance suite, ${by.suite}: "${by.title}"`
    : `by hand${by.because === null ? '' : `, because ${by.because}`}: ${by.how}`;

/** In a table, angle brackets would be markup; in code they are none. */
const cell = (text: string): string =>
  text.replaceAll(/`[^`]*`|<[^>]*>/g, (part) => (part.startsWith('<') ? `\`${part}\`` : part));
