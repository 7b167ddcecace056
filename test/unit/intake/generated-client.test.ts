import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import openapiTS, { astToString } from 'openapi-typescript';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';

/** What a generator makes of docs/openapi.json, as a strict program of somebody else uses it. */
async function faultsOf(program: string): Promise<readonly string[]> {
  const folder = await mkdtemp(join(tmpdir(), 'dms-handshake-openapi-'));
  const types = await openapiTS(new URL('../../../docs/openapi.json', import.meta.url));
  await writeFile(join(folder, 'api.d.ts'), astToString(types));
  const file = join(folder, 'program.ts');
  await writeFile(file, `import type { components } from './api';\n${program}`);
  const options: ts.CompilerOptions = {
    strict: true,
    noEmit: true,
    target: ts.ScriptTarget.ES2022,
    module: ts.ModuleKind.ESNext,
    moduleResolution: ts.ModuleResolutionKind.Bundler,
    // The types of browsers would take most of the time.
    lib: ['lib.es2022.d.ts'],
    types: [],
  };
  const found = ts.getPreEmitDiagnostics(ts.createProgram([file], options));
  await rm(folder, { recursive: true });
  return found.map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, ' '));
}

describe('a generated client', () => {
  it('sends a request of two fields, and reads a code that it does not know', async () => {
    const program = `type Schemas = components['schemas'];
export const request: Schemas['Request'] = { requesterUid: '1000000000000001', engines: ['redis'] };
export const retry = ({ code }: Schemas['Problem']): boolean => code === 'throttled' || code === 'of-tomorrow';`;
    expect(await faultsOf(program)).toEqual([]);
  });

  it('refuses a field that is none', async () => {
    const program = `export const request: components['schemas']['Request'] = { requesterUid: '1', engins: ['redis'] };`;
    expect((await faultsOf(program)).join()).toContain("'engins' does not exist");
  });
});
