import type { Addressee } from '../../events/outcome.ts';
import type { Reply } from '../../events/reply.ts';
import type { Upkeep } from '../../events/upkeep.ts';
import type { Requester } from '../../shared/admission/requesters.ts';
import { type RoleId, roleName } from '../../shared/catalogue/names.ts';
import type { Outbox, UpkeepOutbox } from '../../shared/ports.ts';
import type { Clock } from '../../shared/runtime/clock.ts';
import type { OurRole } from '../../shared/sweep/list-roles.ts';
import { OWNER, REQUESTER } from './accounts.ts';
import { TestClock } from './clock.ts';
import { START } from './time.ts';

/** A role as the sweep lists it, with these tags and ours. */
export function listedRole(
  tags: Readonly<Record<string, string>>,
  access: RoleId['access'] = 'register',
  requesterUid = REQUESTER,
): OurRole {
  const name = roleName(access, requesterUid);
  const all = new Map(Object.entries({ 'managed-by': 'dms-handshake', ...tags }));
  const arn = `acs:ram::${OWNER}:role/${name}`;
  return { name, arn, createdAt: START, tags: all, id: { access, requesterUid } };
}

/** So many tags of somebody else. */
export const tagsOfOthers = (count: number): Readonly<Record<string, string>> =>
  Object.fromEntries(Array.from({ length: count }, (_, n) => [`team-${n}`, 'x']));

/** What a part of a sweep sends, in order, with the clock by which it goes. */
export interface Sending {
  readonly clock: TestClock & Clock;
  readonly outbox: Outbox;
  readonly upkeep: UpkeepOutbox;
  readonly replies: Reply[];
  readonly asked: Upkeep[];
  /** To whom each reply went, and `upkeep` for what provision was asked. */
  readonly order: (Addressee | 'upkeep')[];
  readonly requesterOf: (uid: string) => Requester | undefined;
}

/** `requester`: what `requesters.json` says of everybody. */
export function sending(requester?: Requester): Sending {
  const replies: Reply[] = [];
  const asked: Upkeep[] = [];
  const order: (Addressee | 'upkeep')[] = [];
  return {
    clock: new TestClock(),
    replies,
    asked,
    order,
    requesterOf: () => requester,
    outbox: {
      publish: async (reply, addressee) => {
        replies.push(reply);
        order.push(addressee);
      },
    },
    upkeep: {
      ask: async (one) => {
        asked.push(one);
        order.push('upkeep');
      },
    },
  };
}
