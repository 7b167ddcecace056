/** A line of a logstore. `time` in ms; clients see whole seconds. */
export interface StoredLine {
  readonly time: number;
  readonly topic: string;
  readonly fields: Readonly<Record<string, string>>;
}

/** What a logstore was given, by the vendor's names. */
export type Settings = Readonly<Record<string, unknown>>;

export interface LogStore {
  readonly createdAt: number;
  modifiedAt: number;
  settings: Settings;
  meteringMode: string;
  /** Null while there is none. */
  index: Settings | null;
  readonly lines: StoredLine[];
}

export interface Project {
  readonly createdAt: number;
  modifiedAt: number;
  description: string;
  readonly resourceGroupId: string;
  readonly tags: Map<string, string>;
  /** Empty: none. */
  policy: string;
  readonly stores: Map<string, LogStore>;
}

/** The most lines of a logstore: a cloud that runs for days stays within its memory. The oldest go. */
const KEPT = 20_000;

export const newProject = (now: number, description = '', resourceGroupId = ''): Project => ({
  createdAt: now,
  modifiedAt: now,
  description,
  resourceGroupId,
  tags: new Map(),
  policy: '',
  stores: new Map(),
});

export const newLogStore = (now: number, settings: Settings = {}): LogStore => ({
  createdAt: now,
  modifiedAt: now,
  settings,
  meteringMode: 'ChargeByFunction',
  index: null,
  lines: [],
});

/**
 * The projects of one account, and their logstores. One that a function writes to is there as soon as the function names
 * it, which the real service does not do.
 */
export class SlsState {
  readonly projects = new Map<string, Project>();

  /** Null for a logstore that is not there. */
  lines(project: string, logstore: string): readonly StoredLine[] | null {
    return this.projects.get(project)?.stores.get(logstore)?.lines ?? null;
  }

  add(project: string, logstore: string, first: StoredLine, ...more: readonly StoredLine[]): void {
    const now = first.time;
    const inProject = this.projects.get(project) ?? newProject(now);
    this.projects.set(project, inProject);
    const store = inProject.stores.get(logstore) ?? newLogStore(now);
    inProject.stores.set(logstore, store);
    store.lines.push(first, ...more);
    store.lines.splice(0, store.lines.length - KEPT);
  }
}
