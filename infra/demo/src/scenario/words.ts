import type { Amount, Check, LineCheck } from './checks.ts';
import { amountText } from './evaluate.ts';

/** Names and values, those of what lies deeper by a dotted name. */
const fieldsText = (fields: object, before = ''): string[] =>
  Object.entries(fields).flatMap(([name, value]): string[] =>
    typeof value === 'object' && value !== null && !Array.isArray(value)
      ? fieldsText(value, `${before}${name}.`)
      : [`${before}${name} ${value}`],
  );

const listText = (parts: readonly string[], before: string): string =>
  parts.length === 0 ? '' : `${before}${parts.join(', ')}`;

const isOnce = (count: Amount): boolean => typeof count === 'object' && count.atLeast === 1 && !count.atMost;
const timesText = (count: Amount): string => (isOnce(count) ? '' : `, ${amountText(count)} times`);

const lineText = ({ request, line, declinedBy = {}, ...counts }: LineCheck): string => {
  const units = Object.entries(counts).flatMap(([name, amount]) =>
    amount === undefined ? [] : [`${amountText(amount as Amount)} ${name}`],
  );
  const refusals = Object.entries(declinedBy).map(([force, why]) => `declined by ${force} (${why})`);
  return `${request}/${line}${listText([...units, ...refusals], ' with ')}`;
};

/** What must be so, as a person reads it. */
export const checkText = (check: Check): string => {
  if ('board' in check) {
    const { board, waits, request, isMine, isLate, count } = check;
    const of = request === undefined ? '' : ` of ${request}`;
    const mine = isMine === undefined ? '' : isMine ? ', which waits for it' : ', which waits for others';
    const late = isLate === undefined ? '' : isLate ? ', late' : ', not late';
    return `${waits}${of} on the board of ${board}${mine}${late}${timesText(count)}`;
  }
  if ('event' in check) {
    const { request, event, where, count, afterSeconds } = check;
    const after = afterSeconds === undefined ? '' : `, ${amountText(afterSeconds)} s after it was submitted`;
    return `${event} of ${request}${listText(fieldsText(where), ' with ')}${timesText(count)}${after}`;
  }
  if ('free' in check) {
    const { free, request, line, force, capability } = check;
    return `${amountText(free)} free of ${force}/${capability} for ${request}/${line}`;
  }
  if ('deployments' in check) {
    const { request, deployments, donor, line, status = [] } = check;
    const of = line === undefined ? request : `${request}/${line}`;
    const by = donor === undefined ? '' : ` by ${donor}`;
    const at = status.length === 0 ? '' : ` at ${status.join(' or ')}`;
    return `${amountText(deployments)} deployments of ${of}${by}${at}`;
  }
  if ('line' in check) return lineText(check);
  const { request, status = [], tier } = check;
  const is = [
    ...(status.length > 0 ? [status.join(' or ')] : []),
    ...(tier === undefined ? [] : [`at tier ${amountText(tier)}`]),
  ];
  return `${request}${listText(is, ' to be ')}`;
};
