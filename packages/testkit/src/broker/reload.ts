import { eventually } from '../eventually.ts';
import { BROKER_DEADLINE_MS } from './types.ts';

/**
 * Waits until the server says what it made of its new configuration.
 * @throws Error with the server's words when it refused.
 */
export const waitForReload = async (newsOf: () => string | Promise<string>): Promise<void> => {
  const news = await eventually(
    async () => {
      const text = await newsOf();
      return /Reloaded server configuration|Failed to reload/.test(text) ? text : undefined;
    },
    { deadlineMs: BROKER_DEADLINE_MS, what: 'the server reads its new configuration' },
  );
  if (news.includes('Failed to reload')) throw new Error(`the server refused its new configuration: ${news}`);
};
