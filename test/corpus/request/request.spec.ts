import { COMMANDS, faultsOf } from '@muster/contracts';
import { describe, expect, it } from 'vitest';
import { parse, stringify } from 'yaml';
import { GOOD_REQUEST, REQUEST_CASES } from './request.cases.ts';

const changed = (path: readonly (string | number)[], value: unknown): unknown => {
  const body: unknown = structuredClone(GOOD_REQUEST);
  let at = body as Record<string | number, unknown>;
  for (const key of path.slice(0, -1)) at = at[key] as Record<string | number, unknown>;
  at[path.at(-1) as string | number] = value;
  return body;
};

const faults = (text: string): Map<string, string> => {
  const result = COMMANDS['request-create'].safeParse(parse(text));
  const found = new Map<string, string>();
  for (const { path, because } of result.success ? [] : faultsOf(result.error)) {
    found.set(path, [found.get(path), because].filter((part) => part !== undefined).join('; '));
  }
  return found;
};

describe('a request at fault names the field', () => {
  it('takes the good one, as YAML and as JSON', () => {
    expect(faults(stringify(GOOD_REQUEST))).toEqual(new Map());
    expect(faults(JSON.stringify(GOOD_REQUEST))).toEqual(new Map());
  });

  it.each(REQUEST_CASES)('$name', ({ change, at, says }) => {
    const found = faults(stringify(changed(change.path, change.value), { aliasDuplicateObjects: false }));
    expect([...found.keys()]).toContain(at);
    expect(found.get(at)).toContain(says);
  });

  it('names every field at once', () => {
    const body = { ...GOOD_REQUEST, answerBy: 'soon', recipients: { kind: 'all' }, actor: undefined };
    expect([...faults(stringify(body)).keys()].sort()).toEqual(['actor', 'answerBy', 'recipients.kind']);
  });
});
