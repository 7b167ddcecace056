import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** What the code takes for true about the vendor, as a comment says it where the code rests on it. */
export interface Belief {
  readonly id: string;
  /** `seen` on the real cloud, `documented` by the vendor, or `inferred` from something else. */
  readonly state: 'seen' | 'documented' | 'inferred';
  readonly says: string;
  readonly source: string;
  /** Where it would show that it is wrong: `live`, a test of the conformance suite, or somebody who looks. */
  readonly shownBy: ShownBy | null;
  readonly file: string;
}

export type ShownBy =
  | { readonly kind: 'live' }
  | { readonly kind: 'conformance'; readonly suite: string; readonly title: string }
  | { readonly kind: 'by hand'; readonly because: Reason | null; readonly how: string };

/** Why no program looks at a belief. A test takes no other reason for one that is inferred. */
export const REASONS = [
  'it would register a database',
  'it needs an installation',
  'only a browser shows it',
  'only the local cloud rests on it',
] as const;
export type Reason = (typeof REASONS)[number];

/** Where code rests on the vendor, or stands in for it. */
const ROOTS = ['cli', 'client', 'events', 'functions', 'local', 'scripts/operations', 'shared'];

/** `Belief <id> (<state>): <what>. Source: <where from>. Shown wrong by: <what would>.`, alone in its part of a comment. */
const FORM =
  /^Belief ([a-z0-9-]+) \((seen|documented|inferred)\): (.+?) Source: (.+?\.)(?: Shown wrong by: (.+)\.)?$/;

/** Every belief, sorted by state and id. Throws for a comment that begins as one and cannot be read, and for an id twice. */
export function beliefs(roots: readonly string[] = ROOTS): readonly Belief[] {
  const found = roots.flatMap((root) =>
    readdirSync(root, { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.ts'))
      .map((name) => join(root, name))
      .flatMap((file) => beliefsIn(readFileSync(file, 'utf8'), file)),
  );
  const twice = found.find(({ id }, index) => found.findIndex((other) => other.id === id) !== index);
  if (twice !== undefined) throw new Error(`two beliefs are called ${twice.id}; one is in ${twice.file}`);
  const order = ['seen', 'inferred', 'documented'];
  return found.sort((a, b) => order.indexOf(a.state) - order.indexOf(b.state) || (a.id < b.id ? -1 : 1));
}

/** The beliefs in the comments of one file. Throws for one behind other words, which nobody would look for. */
export function beliefsIn(text: string, file: string): readonly Belief[] {
  const comments = commentsOf(text);
  const hidden = comments.find((comment) =>
    /.\bBelief [a-z0-9-]+ \((seen|documented|inferred)\):/.test(comment),
  );
  if (hidden !== undefined)
    throw new Error(
      `${file}: a belief stands in the middle of "${hidden.slice(0, 80)}": give it a paragraph`,
    );
  return comments
    .filter((comment) => comment.startsWith('Belief '))
    .map((comment) => {
      const [, id = '', state = '', says = '', source = '', shown] = FORM.exec(comment) ?? [];
      if (state !== 'seen' && state !== 'documented' && state !== 'inferred')
        throw new Error(`${file}: "${comment}" has not the form of a belief`);
      return { id, state, says, source, shownBy: shown === undefined ? null : shownBy(shown, file), file };
    });
}

function shownBy(text: string, file: string): ShownBy {
  if (text === 'doctor --live') return { kind: 'live' };
  const [, suite, title] = /^conformance ([a-z0-9-]+): (.+)$/.exec(text) ?? [];
  if (suite !== undefined && title !== undefined) return { kind: 'conformance', suite, title };
  const [, said, how] = /^by hand(?:, because ([^:]+))?: (.+)$/.exec(text) ?? [];
  const because = REASONS.find((one) => one === said) ?? null;
  if (how !== undefined && (said === undefined || because !== null)) return { kind: 'by hand', because, how };
  throw new Error(`${file}: "${text}" is nothing that shows a belief wrong`);
}

/** Paragraphs of comments, each on one line: what stands between code, blank comment lines, or ends of comments. */
export function commentsOf(text: string): readonly string[] {
  const paragraphs: string[][] = [[]];
  for (const line of text.split('\n')) {
    const said = /^\s*(?:\/\/|\/\*\*|\*(?!\/))(.*?)(?:\*\/)?$/.exec(line)?.[1]?.trim() ?? '';
    if (said === '') paragraphs.push([]);
    else paragraphs.at(-1)?.push(said);
  }
  return paragraphs.map((lines) => lines.join(' '));
}
