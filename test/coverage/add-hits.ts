interface Place {
  readonly start: { readonly line: number; readonly column: number };
}

interface Branch {
  readonly type: string;
  readonly locations: readonly Place[];
}

/** How often the parts of a file were run: statements, functions and branches, each under a number of its own. */
export interface FileHits {
  readonly path: string;
  readonly statementMap: Readonly<Record<string, Place>>;
  readonly fnMap: Readonly<Record<string, { readonly loc: Place }>>;
  readonly branchMap: Readonly<Record<string, Branch>>;
  readonly s: Record<string, number>;
  readonly f: Record<string, number>;
  readonly b: Record<string, number[]>;
}

/** As much of a coverage map as is needed here. */
export interface Counted {
  files(): string[];
  fileCoverageFor(file: string): { readonly data: FileHits };
}

/**
 * Adds hits to what begins at the same place of the source, and is of the same kind. Nothing else is added, so what two
 * compilers made different of one source can only be missed, and never counted in another place.
 */
export function addHits(counted: Counted, hits: readonly FileHits[]): void {
  const known = new Set(counted.files());
  for (const from of hits.filter(({ path }) => known.has(path))) {
    const { data: into } = counted.fileCoverageFor(from.path);
    for (const [id, other] of pairs(into.statementMap, from.statementMap, at))
      into.s[id] = plus(into.s[id], from.s[other]);
    for (const [id, other] of pairs(into.fnMap, from.fnMap, ({ loc }) => at(loc)))
      into.f[id] = plus(into.f[id], from.f[other]);
    for (const [id, other] of pairs(into.branchMap, from.branchMap, branchAt))
      into.b[id] = (into.b[id] ?? []).map((count, arm) => plus(count, from.b[other]?.[arm]));
  }
}

const at = ({ start }: Place): string => `${start.line}:${start.column}`;

/** Where it begins tells a branch from all others of its kind: compilers do not agree on where its further ways begin. */
const branchAt = ({ type, locations: [first, ...more] }: Branch): string =>
  `${type} ${first === undefined ? '' : at(first)} ${more.length}`;

const plus = (one = 0, other = 0): number => one + other;

/** The numbers under which both have the same part. */
function pairs<Part>(
  into: Readonly<Record<string, Part>>,
  from: Readonly<Record<string, Part>>,
  keyOf: (part: Part) => string,
): readonly (readonly [string, string])[] {
  const ids = new Map(Object.entries(into).map(([id, part]) => [keyOf(part), id]));
  return Object.entries(from).flatMap(([other, part]) => {
    const id = ids.get(keyOf(part));
    return id === undefined ? [] : [[id, other] as const];
  });
}
