import { z } from 'zod';
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
    const User = matching.slice(from, from + PageSize).map(userAnswer);
    return { UserList: { User }, TotalCount: matching.length };
  },
});

/** Fields of the generated SDKs of 2018-11-01. */
const userAnswer = ({ id, nickName, roles, state }: DmsUser): object => ({
  UserId: id,
  NickName: nickName,
  State: state,
  RoleNameList: { RoleNames: [...roles] },
});
