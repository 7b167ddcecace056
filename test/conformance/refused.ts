/**
 * `<status> <code>` of what a client of the vendor throws, however it carries them; `accepted` if it does not throw.
 * `@alicloud/mns` keeps only the code (in the name of the error), `@alicloud/fc2` only the status (in its message): what
 * is not known is left out.
 */
export async function refused(call: Promise<unknown>): Promise<string> {
  const thrown: unknown = await call.then(
    () => null,
    (error: unknown) => error ?? 'nothing',
  );
  if (thrown === null) return 'accepted';
  if (!(thrown instanceof Error)) return String(thrown);
  const { code, statusCode, entry } = thrown as Error & {
    code?: string;
    statusCode?: number;
    entry?: { response?: { statusCode: number } };
  };
  const [, byMns] = /^MNS(\w+)Error$/.exec(thrown.name) ?? [];
  if (byMns !== undefined) return byMns;
  const [, byFc] = /failed with (\d{3})\. requestid/.exec(thrown.message) ?? [];
  if (byFc !== undefined) return byFc;
  return `${statusCode ?? entry?.response?.statusCode} ${code}`;
}
