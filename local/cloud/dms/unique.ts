import { alreadyRegistered, invalid } from './errors.ts';
import type { DmsInstance } from './instance.ts';
import type { DmsState, DmsUser } from './state.ts';

/**
 * An address and a link name belong to one instance.
 * @throws ApiError 409 `InstanceAlreadyExist`, 400 `InvalidParameter.DataLinkName`.
 */
export function checkFree(dms: DmsState, instance: DmsInstance): void {
  const known = dms.find(instance);
  if (known !== undefined && known.id !== instance.id) throw alreadyRegistered(known.id);
  if (instance.dataLinkName === '') return;
  const linked = dms.instances.find(({ dataLinkName }) => dataLinkName === instance.dataLinkName);
  if (linked !== undefined && linked.id !== instance.id)
    throw invalid('DataLinkName', 'The name is in use in this tenant.');
}

/** The user who looks after an instance. @throws ApiError 400 `InvalidParameter.<parameter>` (inferred). */
export function checkUser(dms: DmsState, id: string, parameter: string): DmsUser {
  const user = dms.users.find((one) => one.id === id);
  if (user === undefined) throw invalid(parameter, 'There is no such user in this tenant.');
  return user;
}
