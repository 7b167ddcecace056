import { table } from '../../cli/ui/table.ts';
import type { Terminal } from '../../cli/ui/terminal.ts';
import type { Report, Scenario, Violation } from './scenario.ts';

/** A scenario as it went. */
export interface Ran {
  readonly scenario: Scenario;
  readonly report: Report;
  /** Of real time. */
  readonly seconds: number;
}

export const asJson = (seed: number, ran: readonly Ran[]): string =>
  `${JSON.stringify({
    seed,
    scenarios: ran.map(({ scenario: { id, promise }, report }) => ({
      id,
      promise,
      runs: report.runs,
      violations: report.violations.length,
      worst: report.worst,
    })),
  })}\n`;

export function asTable(seed: number, ran: readonly Ran[], seconds: number, to: Terminal): string {
  const rows = ran.map(({ scenario, report, seconds: own }) => [
    scenario.id,
    String(report.runs),
    scenario.unit,
    String(report.violations.length),
    `${own.toFixed(0)} s`,
    report.worst,
  ]);
  const broken = ran.filter(({ report }) => report.violations.length > 0).length;
  const verdict = broken === 0 ? 'every promise held' : `${broken} of ${ran.length} promises did not hold`;
  return `${table(['scenario', 'runs', 'of', 'violations', 'time', 'worst'], rows, to)}\n\nseed ${seed}, ${seconds.toFixed(0)} s: ${verdict}\n`;
}

export const endedLine = ({ scenario, report, seconds }: Ran, done: number, all: number): string =>
  `${done}/${all} ${scenario.id}: ${report.runs} runs, ${report.violations.length} violations, ${seconds.toFixed(1)} s\n`;

/** The histories in which a promise did not hold, the shortest first, and how to see them again. Empty if there is none. */
export function violations(
  { scenario: { id, promise }, report }: Ran,
  seed: number,
  runs: number | null,
): string {
  if (report.violations.length === 0) return '';
  const again = `npm run chaos -- --seed ${seed} --scenario ${id}${runs === null ? '' : ` --runs ${runs}`}`;
  const histories = report.violations.toSorted((a, b) => a.history.length - b.history.length).map(told);
  return [`\n${id} does not hold with seed ${seed}: ${promise}`, ...histories, `again: ${again}`, ''].join(
    '\n',
  );
}

const told = ({ history }: Violation, index: number): string =>
  history.map((line, at) => `${at === 0 ? `${index + 1}.` : '  '} ${line}`).join('\n');
