import type { Outcome } from '../../../events/outcome.ts';
import { provision } from '../../../functions/provision/provision.ts';
import { endRules } from '../../../shared/admission/end-rules.ts';
import type { Requester } from '../../../shared/admission/requesters.ts';
import { policyName, roleName } from '../../../shared/catalogue/names.ts';
import { liveIds, readRecord } from '../../../shared/record/record.ts';
import { RetryableError } from '../../../shared/runtime/errors.ts';
import { millis } from '../../../shared/runtime/millis.ts';
import { type Direct, direct, laneTopic, topicOf } from '../../kit/direct.ts';
import type { Hook } from '../../kit/direct-api.ts';
import { uidOf } from '../../kit/populate.ts';
import { requesterAs } from '../../kit/requester.ts';
import type { Dice } from '../dice.ts';
import { RoleModel } from './model.ts';
import { bodyOf, ENGINES, grantOf, termsOf, wordOf } from './words.ts';

/** One role: what RAM holds of it has to be what the model says. */
export interface Life {
  readonly name: string;
  readonly requester: Requester;
  readonly model: RoleModel;
}

/** The platform delivers an event four times at the most; the last comes through here. */
const DEATHS = 3;

/** Roles of as many requesters, whose functions die now and then. */
export class Roles {
  readonly at: Direct;
  readonly all: readonly Life[];
  readonly #dice: Dice;
  #messages = 0;

  private constructor(at: Direct, all: readonly Life[], dice: Dice) {
    this.at = at;
    this.all = all;
    this.#dice = dice;
  }

  static async of(count: number, alike: boolean, dice: Dice): Promise<Roles> {
    const requesters = Array.from({ length: count }, (_, n) =>
      requesterAs({ uid: uidOf(n), topics: [topicOf(uidOf(n))], ...termsOf(dice, alike) }),
    );
    const at = await direct(false, { heal: false, requesters: { requesters, clients: [] } });
    at.owner.ram.limits.roles = count + 100;
    const roles = new Roles(
      at,
      requesters.map((requester) => ({
        name: roleName('register', requester.uid),
        requester,
        model: new RoleModel(endRules(requester), requester.reviewDays),
      })),
      dice,
    );
    for (const life of roles.all) await roles.#send(life, grantOf(dice, roles.#now()));
    return roles;
  }

  /** Whoever has a role says something. */
  async speak(): Promise<void> {
    const life = this.#dice.pick(this.all as [Life, ...Life[]]);
    const now = this.#now();
    await this.#send(life, wordOf(this.#dice, [...life.model.live(now).keys()], now));
  }

  /** The owner says that a role is still needed. */
  keep = (life: Life): Promise<void> => this.#send(life, null);

  async #send({ requester: { uid }, model }: Life, word: ReturnType<typeof wordOf>): Promise<void> {
    this.at.clock.advance(1_000);
    const sent = word === null ? null : { ...word, at: this.#now() };
    const publishedAt = this.#now();
    const { result } = await this.deliver(bodyOf(sent, uid));
    if (sent === null && result === 'report') model.kept(publishedAt);
    if (sent !== null && result === 'applied') model.takes(sent, sent.ids === 'all' ? ENGINES : sent.ids);
  }

  /** Delivers a message until a delivery comes through. */
  async deliver(body: object): Promise<Outcome> {
    this.#messages += 1;
    const delivery = {
      body: JSON.stringify(body),
      messageId: `m-${this.#messages}`,
      publishedAt: this.#now(),
      topic: laneTopic(body, 'requesterUid' in body ? String(body.requesterUid) : ''),
    };
    for (let attempt = 0; ; attempt += 1) {
      const calls = attempt < DEATHS && this.#dice.chance(0.1) ? this.#dice.int(0, 9) : null;
      try {
        return await provision(delivery, this.at.settings, this.at.provisionPorts(dyingAfter(calls)));
      } catch (error) {
        if (calls === null || !(error instanceof RetryableError)) throw error;
        this.at.clock.advance(1_000);
      }
    }
  }

  /** What of a role RAM holds otherwise than the model, in words; `from`: when the sweep began that has just ended. */
  differences({ name, model }: Life, from: number): readonly string[] {
    const now = this.#now();
    const role = this.at.owner.ram.findRole(name);
    const record = readRecord(role?.tags ?? new Map(), now);
    const is = liveIds(record, now).map((id) => `${id} ${record.entries.get(id)?.until ?? Infinity}`);
    const wanted = [...model.live(now)].map(([id, { until }]) => `${id} ${until}`).sort();
    const attached = role?.attachments.map(({ policyName: policy }) => policy) ?? [];
    const policies = [from, now].map((time) => {
      const live = model.live(time);
      return live.size === 0 ? '' : policyName(ENGINES.filter((id) => live.has(id)));
    });
    return [
      ...(is.join() === wanted.join() ? [] : [`${name} records ${is.join()}, not ${wanted.join()}`]),
      ...(policies.includes(attached.join())
        ? []
        : [`${name} has ${attached.join()}, not ${policies.join(' or ')}`]),
    ];
  }

  #now() {
    return millis(Math.floor(this.at.clock.now()));
  }
}

function dyingAfter(calls: number | null): Hook {
  let made = 0;
  return async () => {
    made += 1;
    if (calls !== null && made > calls) throw new RetryableError('internal', 'the function was killed');
    return undefined;
  };
}
