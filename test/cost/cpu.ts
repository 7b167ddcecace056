import { readdirSync, readFileSync } from 'node:fs';

/** What the machine's clock counts in: Linux has a hundred ticks a second everywhere. */
const TICKS_A_SECOND = 100;

interface Process {
  pid: number;
  parent: number;
  /** Of itself and of those of its children that ended and were waited for. */
  ticks: number;
}

/** Seconds of processor time of this process and of everything that it ever started, as /proc counts them. */
export function cpuSeconds(): number {
  const all = readdirSync('/proc').flatMap((name) => (/^\d+$/.test(name) ? processAt(name) : []));
  const ticksBelow = (pid: number): number =>
    all
      .filter(({ parent }) => parent === pid)
      .reduce((sum, child) => sum + child.ticks + ticksBelow(child.pid), 0);
  const own = all.find(({ pid }) => pid === process.pid)?.ticks ?? 0;

  return (own + ticksBelow(process.pid)) / TICKS_A_SECOND;
}

function processAt(name: string): Process[] {
  try {
    const text = readFileSync(`/proc/${name}/stat`, 'utf8');
    // The name of the program may hold anything, so the fields are counted from the bracket that ends it.
    const fields = text
      .slice(text.lastIndexOf(')') + 2)
      .split(' ')
      .map(Number);
    const [, parent = 0] = fields;
    const [user = 0, system = 0, endedUser = 0, endedSystem = 0] = fields.slice(11);

    return [{ pid: Number(name), parent, ticks: user + system + endedUser + endedSystem }];
  } catch {
    return []; // It ended meanwhile.
  }
}
