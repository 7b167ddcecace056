import type { Call } from '../operation.ts';
import { instanceNotFound } from './errors.ts';
import type { DmsInstance } from './instance.ts';

/** The instance at an address. Throws `ApiError` 404 `InstanceNoEnoughNumber`. */
export function registered(
  { account }: Call,
  { Host: host, Port: port, Sid: sid }: { Host: string; Port: number; Sid: string },
): DmsInstance {
  const instance = account.dms.find({ host, port, sid });
  if (instance === undefined) throw instanceNotFound();
  return instance;
}
