/** What stands for an object that cannot be written down. It is no JSON, so whoever reads it refuses it. */
const TOO_DEEP = '(nested too deep) to be read';

/**
 * An object as JSON. JSON.parse reads any depth, but JSON.stringify ends with a `RangeError` at some thousand levels: such
 * an object becomes a text that is refused like any other that is no request.
 */
export function jsonText(value: object): string {
  try {
    return JSON.stringify(value);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    return TOO_DEEP;
  }
}

/** The JSON in a text; undefined where there is none. */
export function jsonIn(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
