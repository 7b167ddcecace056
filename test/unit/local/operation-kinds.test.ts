import { expect, it } from 'vitest';
import { fcOperations } from '../../../local/cloud/fc/index.ts';
import { mnsOperations } from '../../../local/cloud/mns/operations/index.ts';
import { rpcOperations } from '../../../local/cloud/operations.ts';
import { ossOperations } from '../../../local/cloud/oss/index.ts';
import { slsOperations } from '../../../local/cloud/sls/operations/index.ts';

const all = [...rpcOperations, ...[fcOperations, mnsOperations, ossOperations, slsOperations].flat()];

/** What a message queue calls receiving is for its journal a read, as a peek is. */
const READS = /^(Get|List|Describe|Decode|Lookup|(Batch)?(Peek|Receive))/;

it('every operation of the local cloud is a read or a write, as its name says', () => {
  const odd = all.filter(({ name, kind }) => kind !== (READS.test(name) ? 'read' : 'write'));
  expect(odd.map(({ name }) => name)).toEqual([]);
  expect(all.length).toBeGreaterThan(150);
});
