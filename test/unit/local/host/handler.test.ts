import { describe, expect, it } from 'vitest';
import { callExport } from '../../../../local/host/handler.ts';

describe('the export that a handler names', () => {
  const called = async (exports: unknown) => {
    const { body, errorType } = await callExport(exports, 'index.handler', ['event', 'context']);
    return [body.toString(), errorType];
  };
  const handler = async (event: string, context: string) => `${event} in ${context}`;
  const missing = [
    JSON.stringify({ errorMessage: "Handler 'handler' is missing on module 'index'" }),
    'UnhandledInvocationError',
  ];

  it.each<[what: string, exports: unknown, answer: readonly unknown[]]>([
    ['is called', { handler }, ['event in context', null]],
    [
      'is called where it hangs on a function',
      Object.assign(() => 'no', { handler }),
      ['event in context', null],
    ],
    ['is missing', {}, missing],
    ['is missing where a function is all there is', () => 'no', missing],
    ['is missing where nothing is exported', null, missing],
    ['is missing where a text is exported', 'handler', missing],
    ['is missing where it cannot be called', { handler: 'no' }, missing],
  ])('%s', async (_what, exports, answer) => {
    expect(await called(exports)).toEqual(answer);
  });
});
