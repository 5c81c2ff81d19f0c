import { describe, expect, it } from 'vitest';
import { messageContext } from './context.ts';
import { keepLines } from './fixture/log.ts';

const SENT = '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01';
const OURS = /^00-4bf92f3577b34da6a3ce929d0e0e4736-(?!00f067aa0ba902b7)[0-9a-f]{16}-01$/;

describe('the context of a message', () => {
  it('goes on with its trace under one span, which every line of its logger names with the message', () => {
    const { log, lines } = keepLines();
    const context = messageContext(log, () => SENT, { seq: 7, type: undefined });
    context.log.info('one');
    context.log.info('two');
    expect(context.traceparent).toMatch(OURS);
    expect(lines).toMatchObject([
      { msg: 'one', seq: 7, traceparent: context.traceparent },
      { msg: 'two', seq: 7, traceparent: context.traceparent },
    ]);
    expect(lines[0]).not.toHaveProperty('type');
  });

  it('begins a trace where the message has none', () => {
    const { traceparent } = messageContext(keepLines().log, () => undefined, {});
    expect(traceparent).toMatch(/^00-[0-9a-f]{32}-[0-9a-f]{16}-01$/);
  });

  it('makes no logger for a message of which nothing is said', () => {
    const { log } = keepLines();
    const made: unknown[] = [];
    const counting = Object.assign(Object.create(log), {
      child: (names: object) => {
        made.push(names);
        return log.child(names);
      },
    });
    const context = messageContext(counting, () => SENT, { seq: 1 });
    expect([context.traceparent !== SENT, made.length]).toEqual([true, 0]);
    expect(context.log).toBe(context.log);
    expect(made).toHaveLength(1);
  });
});
