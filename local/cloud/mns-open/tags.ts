/** `Tag.1.Key` and `Tag.1.Value` among the parameters of an operation that makes something. */
export function tagsIn(input: Readonly<Record<string, unknown>>): ReadonlyMap<string, string> {
  return new Map(
    Object.entries(input).flatMap(([name, key]) => {
      const number = /^Tag\.(\d+)\.Key$/.exec(name)?.[1];
      if (number === undefined) return [];
      return [[String(key), String(input[`Tag.${number}.Value`] ?? '')] as const];
    }),
  );
}

export const showTags = (tags: ReadonlyMap<string, string>): object[] =>
  [...tags].map(([TagKey, TagValue]) => ({ TagKey, TagValue }));
