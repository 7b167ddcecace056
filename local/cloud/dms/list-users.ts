import * as z from 'zod';
import { dmsOperation } from './operation.ts';
import { tid, whole } from './parameters.ts';
import type { DmsUser } from './state.ts';

const input = z.object({
  Tid: tid,
  Role: z.enum(['USER', 'DBA', 'ADMIN']).optional(),
  UserState: z.enum(['NORMAL', 'DISABLE', 'DELETE']).optional(),
  SearchKey: z.string().default(''),
  PageNumber: whole(1, 1_000_000).default(1),
  /** At most 100; the default is inferred. */
  PageSize: whole(1, 100).default(10),
});

/** The users of the caller's tenant in the order of their ids, by page numbers that begin with 1. */
export const listUsers = dmsOperation({
  name: 'ListUsers',
  kind: 'read',
  input,
  run({ Role, UserState, SearchKey, PageNumber, PageSize }, { account }) {
    const matching = account.dms.users.filter(
      ({ roles, state, nickName }) =>
        (Role === undefined || roles.includes(Role)) &&
        (UserState ?? state) === state &&
        nickName.includes(SearchKey),
    );
    const from = (PageNumber - 1) * PageSize;
    const User = matching.slice(from, from + PageSize).map((user) => userAnswer(user, account.uid));
    return { UserList: { User }, TotalCount: matching.length };
  },
});

/** The numbers of the roles are inferred. */
const ROLE_IDS = { USER: 1, DBA: 2, ADMIN: 3 } as const;

/** Fields of the generated SDKs of 2018-11-01. */
const userAnswer = ({ id, uid, nickName, roles, state }: DmsUser, account: string): object => ({
  UserId: id,
  Uid: uid ?? account,
  ParentUid: account,
  NickName: nickName,
  State: state,
  RoleIdList: { RoleIds: roles.map((role) => ROLE_IDS[role]) },
  RoleNameList: { RoleNames: [...roles] },
});
