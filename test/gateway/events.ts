import type { Person } from './browser.ts';

/** One server-sent event. */
export type Sent = { event: string; id: string | undefined; data: string };

const parse = (block: string): Sent => {
  const field = (name: string): string | undefined =>
    block
      .split('\n')
      .find((line) => line.startsWith(`${name}:`))
      ?.slice(name.length + 1)
      .trimStart();
  return { event: field('event') ?? 'message', id: field('id'), data: field('data') ?? '' };
};

/** Ends every event. */
const END = '\n\n';

/** The whole events in a text; what the stream says of itself is left out. */
export const parseEvents = (text: string): Sent[] =>
  text
    .split(END)
    .slice(0, -1)
    .filter((block) => !block.startsWith('retry:'))
    .map(parse);

/** An open event stream. */
export type Listening = AsyncDisposable & {
  readonly got: readonly Sent[];
  /** Events of the ledger that came, by their place in it. */
  seqs(): number[];
  /** Resolves when the other side has closed. */
  closed: Promise<void>;
};

/** Listens with the cookies of a person; `lastEventId` as a browser sends it when it takes a stream up again. */
export const listen = async (
  person: Pick<Person, 'browser'>,
  base: string,
  path: string,
  lastEventId?: string,
): Promise<Listening> => {
  const ending = new AbortController();
  const { host } = new URL(base);
  const cookie = [...person.browser.cookies(host)].map(([name, value]) => `${name}=${value}`).join('; ');
  const response = await fetch(`${base}${path}`, {
    headers: {
      cookie,
      accept: 'text/event-stream',
      ...(lastEventId ? { 'last-event-id': lastEventId } : {}),
    },
    signal: ending.signal,
  });
  if (!response.ok || !response.body) throw new Error(`${path}: ${response.status} ${await response.text()}`);
  const got: Sent[] = [];
  const read = async (body: ReadableStream<Uint8Array>): Promise<void> => {
    const decoder = new TextDecoder();
    let text = '';
    for await (const chunk of body) {
      text += decoder.decode(chunk, { stream: true });
      const end = text.lastIndexOf(END);
      if (end < 0) continue;
      got.push(...parseEvents(text));
      text = text.slice(end + END.length);
    }
  };
  const closed = read(response.body).catch(() => undefined);
  return {
    got,
    seqs: () => got.filter(({ event }) => event === 'message').map(({ id }) => Number(id)),
    closed,
    [Symbol.asyncDispose]: async () => {
      ending.abort();
      await closed;
    },
  };
};
