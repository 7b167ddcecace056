import type { Api } from '../../../shared/alicloud/api.ts';
import { CloudError, isAbsent } from '../../../shared/alicloud/errors.ts';
import { ramInstaller } from '../../../shared/alicloud/ram-installer.ts';
import { ramReader } from '../../../shared/alicloud/ram-reader.ts';
import { ramWriter } from '../../../shared/alicloud/ram-writer.ts';
import { messageOf } from '../../../shared/runtime/errors.ts';
import type { Eventually } from './eventually.ts';

/** In the order in which they can go: RAM deletes no policy that a role has. */
const ORDER = [
  'registration',
  'trigger',
  'function',
  'subscription',
  'topic',
  'queue',
  'role',
  'policy',
] as const;
type Kind = (typeof ORDER)[number];

/** What a run makes, to be taken away whatever happens. */
export class Removals {
  readonly #due = new Map<string, { readonly kind: Kind; readonly remove: () => Promise<void> }>();

  /** To be called before the thing is made, because a lost answer must not leave it behind. */
  add(kind: Kind, name: string, account: string, remove: () => Promise<void>): void {
    this.#due.set(`${kind} ${name} in account ${account}`, { kind, remove });
  }

  /** A role and what is attached to it, or a policy. `api` may be another than the one that made it. */
  ram(kind: 'role' | 'policy', name: string, account: string, api: () => Api): void {
    this.add(kind, name, account, () =>
      kind === 'role' ? removeRole(api(), name) : removePolicy(api(), name),
    );
  }

  /** Takes all away, each as often as `eventually` allows. Answers what was left behind, and why. */
  async run(eventually: Eventually): Promise<readonly string[]> {
    const left: string[] = [];
    for (const kind of ORDER)
      for (const [what, due] of [...this.#due].reverse()) {
        if (due.kind !== kind) continue;
        try {
          await eventually(due.remove);
          this.#due.delete(what);
        } catch (error) {
          left.push(`${what} (${messageOf(error)})`);
        }
      }
    return left;
  }
}

async function removeRole(api: Api, name: string): Promise<void> {
  const writer = ramWriter(api);
  for (const policy of await ramReader(api).attachedPolicies(name))
    await writer.apply(name, { operation: 'detach-policy', target: policy.name, policy, reason: 'clean up' });
  await unlessGone(ramInstaller(api).deleteRole(name));
}

const removePolicy = (api: Api, name: string): Promise<void> =>
  unlessGone(ramInstaller(api).deletePolicy(name));

async function unlessGone(removal: Promise<unknown>): Promise<void> {
  try {
    await removal;
  } catch (error) {
    if (!(error instanceof CloudError) || !isAbsent(error.failure)) throw error;
  }
}
