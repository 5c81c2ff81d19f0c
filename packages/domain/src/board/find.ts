import { type BoardRequest, CAPABILITIES, FORCES } from '@muster/contracts';

const names = new Map<string, string>([
  ...FORCES.map(({ id, name }) => [id, name] as const),
  ...CAPABILITIES.map(({ code, name }) => [code, name] as const),
]);

const wordsOf = (text: string): string[] =>
  text
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '');

const textOf = ({
  host,
  requestId,
  reason,
  urgency,
  threatCategory,
  status,
  lines,
}: BoardRequest): string => {
  const codes = lines.map(({ code }) => code);
  const named = [host, ...codes].map((id) => names.get(id) ?? '');
  return [host, requestId, reason, urgency, threatCategory, status, ...codes, ...named]
    .join(' ')
    .toLowerCase();
};

/** Whether a request has every one of the words in it: of its force, id, reason, capabilities, urgency, threat or status. */
export const finder = (find: string): ((request: BoardRequest) => boolean) => {
  const words = wordsOf(find);
  if (words.length === 0) return () => true;
  return (request) => {
    const text = textOf(request);
    return words.every((word) => text.includes(word));
  };
};
