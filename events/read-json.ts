/** The JSON in a body, raw or in base64, as publishers in the wild send both; undefined where there is none. */
export function readJson(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    const compact = body.replaceAll(/\s/g, '');
    if (!/^[A-Za-z0-9+/]+={0,2}$/.test(compact) || compact.length % 4 !== 0) return undefined;
    try {
      return JSON.parse(Buffer.from(compact, 'base64').toString('utf8'));
    } catch {
      return undefined;
    }
  }
}
