import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';

/** Why no program looks at a belief. A test takes no other reason for one that is inferred. */
export const REASONS = [
  'it would register a database',
  'it needs an installation',
  'only a browser shows it',
  'only the local cloud rests on it',
] as const;

const SHOWN =
  /^(?:doctor --(?<live>live)|conformance (?<suite>[a-z0-9-]+): (?<title>.+)|by hand(?:, because (?<because>[^:]+))?: (?<how>.+))$/;
const shownSchema = z.union([
  z.object({ live: z.string() }).transform(() => ({ kind: 'live' as const })),
  z
    .object({ suite: z.string(), title: z.string() })
    .transform((words) => ({ kind: 'conformance' as const, ...words })),
  z
    .object({ because: z.enum(REASONS).nullable().default(null), how: z.string() })
    .transform((words) => ({ kind: 'by hand' as const, ...words })),
]);

/** `Belief <id> (<state>): <what>. Source: <where from>. Shown wrong by: <what would>.`, alone in its part of a comment. */
const FORM =
  /^Belief (?<id>[a-z0-9-]+) \((?<state>\w+)\): (?<says>.+?) Source: (?<source>.+?\.)(?: Shown wrong by: (?<shown>.+)\.)?$/;
const STATES = ['seen', 'inferred', 'documented'] as const;
const formSchema = z.object({
  id: z.string(),
  /** `seen` on the real cloud, `documented` by the vendor, or `inferred` from something else. */
  state: z.enum(STATES),
  says: z.string(),
  source: z.string(),
  shown: z.string().optional(),
});

/** What the code takes for true about the vendor, as a comment says it where the code rests on it. */
export interface Belief extends Omit<z.output<typeof formSchema>, 'shown'> {
  /** Where it would show that it is wrong: `live`, a test of the conformance suite, or somebody who looks. */
  readonly shownBy: z.output<typeof shownSchema> | null;
  readonly file: string;
}

/** Where code rests on the vendor, or stands in for it. */
const ROOTS = ['cli', 'client', 'events', 'functions', 'local', 'scripts/operations', 'shared'];

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
  return found.sort(
    (a, b) => STATES.indexOf(a.state) - STATES.indexOf(b.state) || a.id.localeCompare(b.id, 'en'),
  );
}

/** The beliefs in the comments of one file. Throws for one behind other words, which nobody would look for. */
export function beliefsIn(text: string, file: string): readonly Belief[] {
  const comments = commentsOf(text);
  const hidden = comments.find((comment) => /.\bBelief [a-z0-9-]+ \(\w+\):/.test(comment));
  if (hidden !== undefined)
    throw new Error(`${file}: a belief stands in the middle of "${hidden}": give it a paragraph`);
  return comments
    .filter((comment) => comment.startsWith('Belief '))
    .map((comment) => {
      const read = formSchema.safeParse(FORM.exec(comment)?.groups);
      if (!read.success) throw new Error(`${file}: "${comment}" has not the form of a belief`);
      const { shown, ...belief } = read.data;
      return { ...belief, shownBy: shown === undefined ? null : shownBy(shown, file), file };
    });
}

function shownBy(text: string, file: string): Belief['shownBy'] {
  const read = shownSchema.safeParse(SHOWN.exec(text)?.groups);
  if (!read.success) throw new Error(`${file}: "${text}" is nothing that shows a belief wrong`);
  return read.data;
}

/** What of a line is a comment: all that is behind its mark, or nothing. */
const COMMENT = /^\s*(?:\/\/|\/\*\*|\*(?!\/))(.*?)(?:\*\/)?$|^.*$/;

/** Paragraphs of comments, each on one line: what stands between code, blank comment lines, or ends of comments. */
export const commentsOf = (text: string): readonly string[] =>
  text
    .split('\n')
    .map((line) => line.replace(COMMENT, '$1').trim())
    .join('\n')
    .split(/\n{2,}/)
    .map((paragraph) => paragraph.trim().replaceAll('\n', ' '));
