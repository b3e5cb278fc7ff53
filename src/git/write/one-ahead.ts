/** The same items, each next one asked for while the last is worked on: what makes them and what takes them are two programs here. */
export async function* oneAhead<Item>(items: Iterable<Item> | AsyncIterable<Item>): AsyncGenerator<Item> {
  const from: Iterator<Item> | AsyncIterator<Item> =
    Symbol.asyncIterator in items ? items[Symbol.asyncIterator]() : items[Symbol.iterator]();
  const ask = (): Promise<IteratorResult<Item>> => {
    const asked = Promise.resolve(from.next());
    // Where the work on the last one fails first, nobody waits for this one: it is no unhandled rejection then.
    asked.catch(() => undefined);
    return asked;
  };
  for (let next = ask(); ; ) {
    const item = await next;
    if (item.done === true) return;
    next = ask();
    yield item.value;
  }
}
