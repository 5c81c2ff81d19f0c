import { type IncomingMessage, request } from 'node:http';
import type { Person } from './browser.ts';
import { parseEvents, type Sent } from './events.ts';

/** A reader of an event stream who takes nothing until told to. */
export type SlowReader = {
  /** Takes all that there is, until the other side closes. */
  readOn(): Promise<Sent[]>;
  end(): void;
};

const cookiesOf = (person: Pick<Person, 'browser'>, base: string): string =>
  [...person.browser.cookies(new URL(base).host)].map(([name, value]) => `${name}=${value}`).join('; ');

/** Opens a stream and lets it stand: what is sent fills the buffers of the connection, and then the sender's own. */
export const openSlowly = async (
  person: Pick<Person, 'browser'>,
  base: string,
  path: string,
): Promise<SlowReader> => {
  const asked = request(`${base}${path}`, { headers: { cookie: cookiesOf(person, base) }, agent: false });
  const response = await new Promise<IncomingMessage>((resolve, reject) => {
    asked.once('response', resolve).once('error', reject);
    asked.end();
  });
  if (response.statusCode !== 200) throw new Error(`a slow reader got ${response.statusCode}`);
  return {
    readOn: async () => {
      let text = '';
      response.setEncoding('utf8');
      try {
        for await (const chunk of response) text += chunk;
      } catch {
        // A connection that was broken off: what came before is what was read.
      }
      return parseEvents(text);
    },
    end: () => asked.destroy(),
  };
};
