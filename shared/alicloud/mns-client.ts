import './silence-debug.ts';

import Client, { type Answer } from '@alicloud/mns';
import { ownAgent } from './own-agent.ts';

/** The vendor's client, over connections that no other SDK uses. All its operations go through `request`. */
export default class QueueClient extends Client {
  override request(
    method: string,
    resource: string,
    type: string,
    body: string | Buffer,
    attentions: readonly string[],
    options: object | undefined,
  ): Promise<Answer> {
    const agent = ownAgent(this.endpoint);
    return super.request(method, resource, type, body, attentions, { ...options, agent });
  }
}
