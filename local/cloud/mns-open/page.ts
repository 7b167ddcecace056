interface Paging {
  readonly PageNum: number;
  readonly PageSize: number;
}

/** One page of a list, in the order of names. `part`: what the name must contain; left out, all. */
export function pageOf<Item extends { readonly name: string }>(
  all: Iterable<Item>,
  part: string | undefined,
  { PageNum, PageSize }: Paging,
  show: (item: Item) => object,
): object {
  const matching = [...all]
    .filter(({ name }) => name.includes(part ?? ''))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
  const shown = matching.slice((PageNum - 1) * PageSize, PageNum * PageSize);
  return {
    PageData: shown.map(show),
    PageNum,
    PageSize,
    Pages: Math.ceil(matching.length / PageSize),
    Size: shown.length,
    Total: matching.length,
  };
}
