import type { AttachedPolicy, Operation } from '../../../shared/ports.ts';
import type { Desired } from '../../../shared/reconcile/desired.ts';
import { attachedForm } from '../../../shared/reconcile/desired.ts';
import type { Seen } from '../../kit/views.ts';

/** As much of RAM as a plan can change: one role, what is attached to it, and custom policies by name. */
export interface Model {
  readonly role: { readonly trust: string; readonly tags: ReadonlyMap<string, string> } | null;
  readonly attached: readonly AttachedPolicy[];
  readonly policies: ReadonlyMap<string, string>;
}

/** What would be read of the model, for a desired role. */
export const observe = (model: Model, desired: Desired): Seen => ({
  role: model.role === null ? null : { name: desired.roleName, trust: model.role.trust },
  tags: model.role?.tags ?? new Map(),
  attached: model.attached,
  policyText: desired.policy === null ? null : (model.policies.get(desired.policy.name) ?? null),
});

/** Carries an operation out, as strictly as RAM does. */
export function applyTo(model: Model, operation: Operation): Model {
  const { role } = model;
  const is = (one: AttachedPolicy) => (other: AttachedPolicy) =>
    one.name === other.name && one.type === other.type;
  switch (operation.operation) {
    case 'create-role':
      if (role !== null) throw new Error('EntityAlreadyExists.Role');
      return { ...model, role: { trust: JSON.stringify(operation.trust), tags: operation.tags } };
    case 'update-trust':
      if (role === null) throw new Error('EntityNotExist.Role');
      return { ...model, role: { ...role, trust: JSON.stringify(operation.trust) } };
    case 'tag-role':
      if (role === null) throw new Error('EntityNotExist.Role');
      return { ...model, role: { ...role, tags: new Map([...role.tags, ...operation.tags]) } };
    case 'untag-role':
      if (role === null) throw new Error('EntityNotExist.Role');
      return {
        ...model,
        role: { ...role, tags: new Map([...role.tags].filter(([key]) => !operation.keys.includes(key))) },
      };
    case 'create-policy':
      if (model.policies.has(operation.target)) throw new Error('EntityAlreadyExists.Policy');
      return { ...model, policies: withPolicy(model, operation.target, operation.document) };
    case 'create-policy-version':
      if (!model.policies.has(operation.target)) throw new Error('EntityNotExist.Policy');
      return { ...model, policies: withPolicy(model, operation.target, operation.document) };
    case 'attach-policy':
      if (role === null) throw new Error('EntityNotExist.Role');
      if (operation.policy.type === 'Custom' && !model.policies.has(operation.policy.name))
        throw new Error('EntityNotExist.Policy');
      if (model.attached.some(is(operation.policy))) throw new Error('EntityAlreadyExists.Role.Policy');
      return { ...model, attached: [...model.attached, operation.policy] };
    case 'detach-policy': {
      if (!model.attached.some(is(operation.policy))) throw new Error('EntityNotExist.Role.Policy');
      return { ...model, attached: model.attached.filter((one) => !is(operation.policy)(one)) };
    }
    case 'delete-role':
      if (role === null) throw new Error('EntityNotExist.Role');
      if (model.attached.length > 0) throw new Error('DeleteConflict.Role.Policy');
      return { ...model, role: null };
    case 'delete-policy':
      throw new Error('a plan for a role deletes no policy');
  }
}

const withPolicy = (model: Model, name: string, document: object): ReadonlyMap<string, string> =>
  new Map([...model.policies, [name, JSON.stringify(document)]]);

/** Whether the desired policy is attached. */
export function hasWanted(model: Model, desired: Desired): boolean {
  const wanted = attachedForm(desired);
  return (
    wanted !== null && model.attached.some(({ name, type }) => name === wanted.name && type === wanted.type)
  );
}
