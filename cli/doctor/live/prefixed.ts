import type { Document } from '../../../shared/catalogue/document.ts';
import type { InstalledRole } from '../../../shared/installation/installation.ts';
import type { Assumer, Operation, RamReader, RamWriter } from '../../../shared/ports.ts';

/** In ARNs: what stands before a name of ours. */
const OURS = /((?:role|policy|functions|topics|queues)\/)(?=dms-|dmscrossaccountpolicy-)/gi;

/**
 * The names of an installation under a prefix, so that the code of the functions runs as it is and touches nothing but
 * objects of a run. It reads and writes names without the prefix; RAM holds them with it.
 */
export class Prefixed {
  readonly #prefix: string;

  constructor(prefix: string) {
    this.#prefix = prefix;
  }

  name(name: string): string {
    return `${this.#prefix}${name}`;
  }

  /** With the prefix before every name of ours in an ARN. */
  text(text: string): string {
    return text.replaceAll(OURS, `$1${this.#prefix}`);
  }

  document(document: Document): Document {
    return JSON.parse(this.text(JSON.stringify(document)));
  }

  role(role: InstalledRole): InstalledRole {
    const { name, trust, permission } = role;
    return {
      ...role,
      name: this.name(name),
      trust: this.document(trust),
      permission: this.document(permission),
    };
  }

  #plain(text: string): string {
    return text.replaceAll(this.#prefix, '');
  }

  reader(ram: RamReader): RamReader {
    return {
      role: async (name) => {
        const found = await ram.role(this.name(name));
        if (found === null) return null;
        const { arn, trust } = found;
        return { ...found, name, arn: this.#plain(arn), trust: this.#plain(trust) };
      },
      roleTags: (name) => ram.roleTags(this.name(name)),
      policyTags: (name) => ram.policyTags(this.name(name)),
      attachedPolicies: async (roleName) =>
        (await ram.attachedPolicies(this.name(roleName))).map(({ name, type }) => ({
          name: this.#plain(name),
          type,
        })),
      policy: async (name) => {
        const found = await ram.policy(this.name(name));
        return found === null ? null : { ...found, name };
      },
    };
  }

  /** `made` is told the name of a role or policy, as RAM will hold it, before it is made. */
  writer(ram: RamWriter, made: (kind: 'role' | 'policy', name: string) => void): RamWriter {
    return {
      apply: (roleName, operation) => {
        const there = this.#operation(operation);
        if (there.operation === 'create-role') made('role', there.target);
        if (there.operation === 'create-policy') made('policy', there.target);
        return ram.apply(this.name(roleName), there);
      },
    };
  }

  assumer({ assume }: Assumer): Assumer {
    return { assume: (session) => assume({ ...session, roleArn: this.text(session.roleArn) }) };
  }

  #operation(operation: Operation): Operation {
    if ('policy' in operation) {
      const { name, type } = operation.policy;
      if (type === 'System') return operation;
      return { ...operation, target: this.name(operation.target), policy: { name: this.name(name), type } };
    }
    const target = this.name(operation.target);
    return 'trust' in operation
      ? { ...operation, target, trust: this.document(operation.trust) }
      : { ...operation, target };
  }
}
