import { ApiError } from '../../local/cloud/error.ts';
import { type Match, on, reset } from '../../local/testing/stub.ts';
import { liveIn } from './live.ts';
import { toldBy } from './live-told.ts';
import { testCloud } from './test-cloud.ts';

/** What a call of the cloud comes to, and what a run of a step then tells that is no pass, by the ids of the checks. */
export type Broken = readonly [
  what: string,
  step: string,
  call: string,
  answer: object,
  told: Readonly<Record<string, string>>,
  match?: Match,
];

/** Behind what failed: of a belief, and of a step. */
export const BELIEF = ' (docs/explain/beliefs.md says which code rests on it)';
export const STEP = ' (put this right, then run doctor --live again)';
/** Of calls: that the keys lack the right. */
export const LACKS = ', request id ID; the RAM user or role that runs this lacks the right';

/** A refusal by the vendor; `about` are the details of a denied right. */
export const no = (status: number, code: string, about: Readonly<Record<string, string>> = {}) =>
  new ApiError(status, code, 'No.', about);

/** A cloud in which a row can be tried. */
export async function brokenCloud() {
  const cloud = await testCloud();
  const { only, everything } = await liveIn(cloud);
  return {
    cloud,
    /** What is not a pass, and whether something was left. */
    async tried([, step, call, answer, , match]: Broken) {
      const before = everything();
      const [service = '', operation = ''] = call.split(' ');
      const stub = on(cloud.world, service, operation, match);
      if (answer instanceof ApiError) stub.rejects(answer);
      else stub.resolves(answer);
      const found = Object.entries(toldBy(await only(step)));
      reset(cloud.world);
      return {
        told: Object.fromEntries(found.filter(([, words]) => !/^(pass|skip Not looked at)/.test(words))),
        left: everything().filter((name) => !before.includes(name)),
      };
    },
  };
}

/** All calls after so many. */
export const after = (count: number) => {
  let calls = 0;
  return () => ++calls > count;
};
