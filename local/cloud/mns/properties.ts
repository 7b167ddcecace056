import { fieldsOf, invalidArgument, text } from './fields.ts';
import type { XmlElement } from './xml/read.ts';
import type { XmlTree } from './xml/write.ts';

/** One property of a message. `type`: `STRING`, `NUMBER`, `BOOLEAN` or `BINARY` (the value in base64). */
export interface MessageProperty {
  readonly name: string;
  readonly value: string;
  readonly type: string;
}

/** What a message carries besides its body: properties of the sender's and of the system's (traceparent), and a group. */
export interface MessageExtras {
  readonly userProperties: readonly MessageProperty[];
  readonly systemProperties: readonly MessageProperty[];
  readonly groupId: string | null;
}

export const NO_EXTRAS: MessageExtras = { userProperties: [], systemProperties: [], groupId: null };

/** Names of the elements that `readExtras` reads. */
export const EXTRA_FIELDS = ['UserProperties', 'SystemProperties', 'MessageGroupId'];

const USER_TYPES = ['STRING', 'NUMBER', 'BOOLEAN', 'BINARY'];

/** Reads them from the fields of a message, as the vendor's Java and Python clients write them. Throws `InvalidArgument`. */
export function readExtras(fields: ReadonlyMap<string, XmlElement>): MessageExtras {
  return {
    userProperties: propertiesOf(fields, 'UserProperties', 'PropertyValue', USER_TYPES),
    systemProperties: propertiesOf(fields, 'SystemProperties', 'SystemPropertyValue', ['STRING']),
    groupId: text(fields, 'MessageGroupId') || null,
  };
}

function propertiesOf(
  extras: ReadonlyMap<string, XmlElement>,
  list: string,
  item: string,
  types: readonly string[],
): readonly MessageProperty[] {
  const properties = (extras.get(list)?.children ?? []).map((child) => {
    if (child.name !== item) throw invalidArgument(`${list} holds ${item} only, not ${child.name}.`);
    const fields = fieldsOf(child, ['Name', 'Value', 'Type']);
    const name = text(fields, 'Name') ?? '';
    if (name === '') throw invalidArgument(`A ${item} needs a Name.`);
    const type = text(fields, 'Type') ?? 'STRING';
    if (!types.includes(type)) throw invalidArgument(`The Type of ${name} is one of ${types.join(', ')}.`);
    return { name, value: text(fields, 'Value') ?? '', type };
  });
  if (new Set(properties.map(({ name }) => name)).size < properties.length)
    throw invalidArgument(`${list} holds a name twice.`);
  return properties;
}

/** The elements of a message that has some; none for what is not there. */
export const extrasTree = (extras: MessageExtras): XmlTree => ({
  UserProperties: listTree(extras.userProperties, 'PropertyValue'),
  SystemProperties: listTree(extras.systemProperties, 'SystemPropertyValue'),
  MessageGroupId: extras.groupId ?? undefined,
});

const listTree = (properties: readonly MessageProperty[], item: string): XmlTree | undefined =>
  properties.length === 0
    ? undefined
    : { [item]: properties.map(({ name, value, type }) => ({ Name: name, Value: value, Type: type })) };
