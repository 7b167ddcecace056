import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { clientSecrets, standInNote } from '../../../local/client-secrets.ts';
import { startLocalCloud } from '../../../local/local-cloud.ts';

let root: string;
beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), 'dms-handshake-secrets-'));
  const yaml = readFileSync('s.yaml', 'utf8').replace('# JIRA_TOKEN:', 'JIRA_TOKEN:');
  writeFileSync(join(root, 's.yaml'), yaml);
  for (const file of ['requesters.json', 's.logs.yaml']) cpSync(file, join(root, file));
  symlinkSync(join(process.cwd(), 'dist'), join(root, 'dist'));
});
afterAll(() => rmSync(root, { recursive: true }));

describe('a secret that s.yaml takes from the environment', () => {
  it('is found unless it has a default, is the owner, or stands in a comment', () => {
    const read = (words: string) => `$\{env(${words})}`;
    const yaml = `a: ${read("'OWNER_UID'")}\nb: ${read("'X', 'y'")}\n# c: ${read("'Z'")}\nd: ${read("'JIRA_TOKEN'")}\n`;
    expect(clientSecrets(yaml, {}, 'made')).toEqual({
      values: { JIRA_TOKEN: 'made' },
      standIns: ['JIRA_TOKEN'],
    });
    expect(clientSecrets(yaml, { JIRA_TOKEN: 'real' }, 'made')).toEqual({
      values: { JIRA_TOKEN: 'real' },
      standIns: [],
    });
  });

  it.each([
    ['not set: the local cloud starts all the same, and says what stands in', {}, ['JIRA_TOKEN']],
    ['set: the client of the local cloud uses it', { JIRA_TOKEN: 'plant-token-0123456789' }, []],
  ])('%s', async (_what, secrets, standIns) => {
    const cloud = await startLocalCloud({ root, secrets });
    try {
      expect(cloud.standIns).toEqual(standIns);
      expect(standInNote(cloud.standIns)).toBe(
        standIns.length === 0 ? '' : 'note: JIRA_TOKEN is not set; a made-up value stands in for it\n',
      );
      if (standIns.length === 0) expect(cloud.httpToken).toBe('plant-token-0123456789');
      const answer = await fetch(`${cloud.ready.http}/requests`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', authorization: `Bearer ${cloud.httpToken}` },
        body: JSON.stringify({ requesterUid: cloud.requester.uid, engines: ['redis'] }),
      });
      expect(answer.status).toBe(202);
    } finally {
      await cloud.close();
    }
  });
});
