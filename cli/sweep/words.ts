import type { SweepReport } from '../../events/sweep-report.ts';
import { visible } from '../../events/visible.ts';
import { table } from '../ui/table.ts';
import type { Terminal } from '../ui/terminal.ts';

/** The figures of a sweep for people: only what is not nothing, and what to do about it. */
export function showSweep(swept: SweepReport, to: Terminal): string {
  const { colors } = to;
  const rows = ROWS.filter(([key, , always]) => always === true || swept[key] !== 0).map(([key, words]) => [
    BAD.includes(key) && swept[key] !== 0 ? colors.red(String(swept[key])) : String(swept[key]),
    words,
  ]);
  return [table(['count', 'of what'], rows, to), ...sentences(swept)].join('\n');
}

type Figure = { [K in keyof SweepReport]: SweepReport[K] extends number ? K : never }[keyof SweepReport];

/** Each figure with what it counts; `always`: shown also when it is 0. */
const ROWS: readonly (readonly [figure: Figure, words: string, always?: true])[] = [
  ['roles', 'roles of ours, judged', true],
  ['failed', 'of them with a check that fails: "npx dms-handshake list" names them', true],
  ['unjudged', 'roles that could not be looked at; the next sweep looks again'],
  ['unmanaged', 'roles of our name or tag that are not ours to write on; the owner is told of each'],
  ['gone', 'roles that somebody has deleted since the last sweep'],
  ['policies', 'policies of ours, looked at', true],
  ['changed', 'changes that were told, on the reply topic', true],
  [
    'notices',
    'notices that were told: of ends that are near, of reviews that are due, of roles that nobody uses',
  ],
  ['asked', 'things that were due (ends, deletions) and that provision was asked for', true],
  ['unconfirmed', 'roles that nobody has confirmed after their review was told'],
  ['narrowed', 'of them that provision was asked to narrow; the others are for the next sweeps'],
  ['repairable', 'roles that a repair would put right'],
  ['repairs', 'repairs that provision was asked for'],
];
const BAD: readonly Figure[] = ['failed', 'unjudged', 'unmanaged', 'gone'];

function sentences({ trouble, unread, refused, repairable, repairs, after }: SweepReport): readonly string[] {
  return [
    ...(trouble === null ? [] : [`the first that could not be looked at: ${visible(trouble)}`]),
    ...(unread === null
      ? []
      : [
          `who used the roles could not be read: ${visible(unread)}; npx dms-handshake list says what is missing`,
        ]),
    ...(refused
      ? ['nothing was repaired: too many roles differ at once to be drift; find out what they have in common']
      : repairable > repairs
        ? ['not repaired: HEAL is not true in s.yaml; the same request sent again repairs its role, too']
        : []),
    ...(after === null ? [] : [`time was up after ${after}; the functions go on from there by themselves`]),
  ];
}
