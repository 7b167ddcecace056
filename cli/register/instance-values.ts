import { isMap, isScalar, LineCounter, parseDocument, type YAMLError } from 'yaml';
import { CliError, usageError } from '../failure.ts';

/**
 * The keys of an instance file with their values. Of a parameter that is a text (`isText`), a number whose digits stand in
 * the file as YAML reads them is taken for these digits: `InstanceAlias: 20260101` is one. Throws `CliError` for what is
 * neither YAML nor JSON, with line and column; never quotes a value.
 */
export function instanceValues(
  text: string,
  file: string,
  isText: (key: string) => boolean,
): Readonly<Record<string, unknown>> {
  const lineCounter = new LineCounter();
  const document = parseDocument(text, { prettyErrors: false, lineCounter });
  const [fault] = document.errors;
  if (fault !== undefined) throw unreadable(fault, lineCounter, file);
  const { contents } = document;
  if (!isMap(contents))
    throw usageError(`${file} is no instance: expected keys such as Host, Port and InstanceType`);
  const values: Record<string, unknown> = Object.create(null);
  for (const { key, value } of contents.items) {
    const name = isScalar(key) ? String(key.value) : 'a key that is no text';
    const plain: unknown = isScalar(value) ? value.value : value === null ? null : contents.get(key);
    // Nothing after the colon is as good as no line.
    if (plain === null) continue;
    const source = isScalar(value) ? value.source : undefined;
    const digits = typeof plain === 'number' && source === String(plain) && /^\d+$/.test(source);
    values[name] = digits && isText(name) ? source : plain;
  }
  return values;
}

/** The parser's own message may quote the line, and a line may hold what should not be printed. */
function unreadable(fault: YAMLError, lines: LineCounter, file: string): CliError {
  const { line, col } = lines.linePos(fault.pos[0]);
  const what =
    fault.code === 'DUPLICATE_KEY' ? 'names a key for the second time' : 'is neither YAML nor JSON';
  return new CliError(`${file} ${what}, at line ${line}, column ${col}`, 2, { cause: fault });
}
