import * as z from '../../events/zod.ts';
import { parseAnswer } from './answers.ts';
import type { Api } from './api.ts';
import { CloudError } from './errors.ts';
import type { DmsAction } from './vendor-actions.ts';
import { dmsCall } from './vendor-calls.ts';

/** What tells an instance from every other in DMS. `Sid` is empty but for Oracle and its like. */
export interface DmsAddress {
  readonly host: string;
  readonly port: number;
  readonly sid: string;
}

const instanceAnswer = z.object({
  Instance: z.object({
    InstanceId: z.pipe(z.union([z.string(), z.number()]), z.transform(String)),
    InstanceAlias: z._default(z.string(), ''),
    State: z._default(z.string(), ''),
    StandardGroup: z.optional(z.object({ GroupMode: z.optional(z.string()) })),
  }),
});

/** Somebody who can be the DBA of an instance. */
export interface Dba {
  /**
   * The id that DMS knows them by.
   *
   * Belief dms-dba-id (inferred): DbaId of AddInstance is the UserId that ListUsers shows, not the UID of the account.
   * Source: the description of the parameter. Shown wrong by: doctor --live.
   */
  readonly id: string;
  readonly name: string;
}

const usersAnswer = z.object({
  UserList: z.object({
    User: z.array(
      z.object({
        UserId: z.pipe(z.union([z.string(), z.number()]), z.transform(String)),
        NickName: z._default(z.string(), ''),
      }),
    ),
  }),
});

export interface DmsFacts {
  readonly id: string;
  readonly alias: string;
  readonly state: string;
  /** Under Security Collaboration: the only mode whose dictionary SyncInstanceMeta reads anew. */
  readonly collaborative: boolean;
}

/** DMS Enterprise 2018-11-01, for which no SDK is published. Throws what `Api.call` throws. */
export function dms(api: Api, region: string) {
  const call = (action: DmsAction, parameters: Readonly<Record<string, string>>): Promise<unknown> =>
    api.call(dmsCall(action, region, parameters));
  return {
    /** Null for an address that is not registered. */
    async instance({ host, port, sid }: DmsAddress): Promise<DmsFacts | null> {
      try {
        const address = { Host: host, Port: String(port), ...(sid === '' ? {} : { Sid: sid }) };
        const { Instance } = parseAnswer(
          'DMS GetInstance',
          instanceAnswer,
          await call('GetInstance', address),
        );
        return {
          id: Instance.InstanceId,
          alias: Instance.InstanceAlias,
          state: Instance.State,
          collaborative: Instance.StandardGroup?.GroupMode === 'COMMON',
        };
      } catch (error) {
        if (error instanceof CloudError && NOT_REGISTERED.test(error.failure.code)) return null;
        throw error;
      }
    },
    /**
     * Rejects where the account cannot use DMS, as before somebody of it has logged in for the first time.
     *
     * Belief dms-tenant (inferred): DMS refuses ListInstances to an account of which nobody has logged in to DMS.
     * Source: the procedure asks for the log-in. Shown wrong by: doctor --live.
     */
    async reach(): Promise<void> {
      await call('ListInstances', { PageNumber: '1', PageSize: '1' });
    },
    /** The first user whom DMS lists as a DBA, else as an administrator; null where nobody is either. */
    async dba(): Promise<Dba | null> {
      for (const Role of ['DBA', 'ADMIN']) {
        const answer = await call('ListUsers', {
          Role,
          UserState: 'NORMAL',
          PageNumber: '1',
          PageSize: '10',
        });
        const [first] = parseAnswer('DMS ListUsers', usersAnswer, answer).UserList.User;
        if (first !== undefined) return { id: first.UserId, name: first.NickName };
      }
      return null;
    },
    /** Registers; the answer says no id. Parameters as the page of AddInstance names them. */
    async add(parameters: Readonly<Record<string, string>>): Promise<void> {
      await call('AddInstance', parameters);
    },
    /** Takes an address off the list. Resolves where it is not registered. */
    async remove({ host, port, sid }: DmsAddress): Promise<void> {
      try {
        await call('DeleteInstance', { Host: host, Port: String(port), Sid: sid });
      } catch (error) {
        if (!(error instanceof CloudError) || !NOT_REGISTERED.test(error.failure.code)) throw error;
      }
    },
    async sync(instanceId: string): Promise<void> {
      await call('SyncInstanceMeta', { InstanceId: instanceId });
    },
  };
}

/**
 * DMS publishes no list of codes; this one is known from clients that read it as "there is no such instance".
 *
 * Belief dms-not-registered (inferred): GetInstance of an address that nobody registered answers
 * InstanceNoEnoughNumber. Source: the Terraform provider. Shown wrong by: doctor --live.
 */
const NOT_REGISTERED = /^InstanceNoEnoughNumber$|^InstanceNotFound|^EntityNotExist\.Instance/;
