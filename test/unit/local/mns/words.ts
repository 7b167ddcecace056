import { OWNER } from '../../../kit/accounts.ts';
import { type Mns, mns, xml } from './mns.ts';

export const QUEUE = `acs:mns:cn-hangzhou:${OWNER}:queues/q`;
export const FUNCTION = `acs:fc:cn-hangzhou:${OWNER}:functions/f`;

/** What is asked (`GET /queues/q`), what is answered, and the body. */
export type Row = readonly [asked: string, answer: string, body?: string | Buffer];

export const withBody = ([asked, answer, body = '']: Row) => [asked, answer, body] as const;

/** A queue `q`, a topic `t` and its subscription `there`. */
export async function furnished(): Promise<Mns> {
  const cloud = mns();
  await cloud.send('PUT', '/queues/q', xml('Queue'));
  await cloud.send('PUT', '/topics/t', xml('Topic'));
  await cloud.send('PUT', '/topics/t/subscriptions/there', xml('Subscription', { Endpoint: QUEUE }));
  return cloud;
}

/** Status, code and the whole message of a refusal. */
export async function answered(cloud: Mns, asked: string, body: string | Buffer): Promise<string> {
  const [method = '', target = ''] = asked.split(' ');
  const reply = await cloud.send(method, target, body);
  return `${reply.status} ${reply.at('Error', 'Code')}: ${reply.at('Error', 'Message')}`;
}

export const argument = (text: string): string => `400 InvalidArgument: ${text}`;
export const range = (name: string, low: number, high: number): string =>
  argument(`The value of ${name} should between ${low} and ${high} seconds/bytes.`);
