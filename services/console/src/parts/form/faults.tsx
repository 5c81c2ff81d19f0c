import type { FieldFault } from '@muster/contracts';
import { createContext, type ReactNode, useContext, useEffect, useRef } from 'react';
import type { Problem } from '../../api/problem.ts';
import { inPlainTime } from '../../words/time.ts';

const FaultsContext = createContext<readonly FieldFault[]>([]);

/** Fields inside are told what is wrong with them; a field's id is its path in the body of the command. */
export const Faults = ({ faults, children }: { faults: readonly FieldFault[]; children: ReactNode }) => (
  <FaultsContext value={faults}>{children}</FaultsContext>
);

/** What is wrong with the field of this path, or with something inside it that has no field of its own. */
export const useFault = (path: string, isGroup = false): string | undefined =>
  useContext(FaultsContext).find(
    (fault) => fault.path === path || (isGroup && fault.path.startsWith(`${path}.`)),
  )?.because;

/** Whether anything is wrong with one of these fields, or with something inside one. */
export const useHasFault = (paths: readonly string[]): boolean =>
  useContext(FaultsContext).some((fault) =>
    paths.some(
      (path) =>
        fault.path === path || (/^[.[]/.test(fault.path.slice(path.length)) && fault.path.startsWith(path)),
    ),
  );

/** `lines[0].capabilityCode` as `Line 1: capability code`. */
export const wordsOfPath = (path: string): string => {
  const list = /^(\w+?)s?\[(\d+)\]/.exec(path);
  const name = (path.split(/[.\]]/).at(-1) || (list?.[1] ?? path))
    .replaceAll(/([a-z])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .replace(/ pence$/, '');
  const words = list ? `${list[1]} ${Number(list[2]) + 1}: ${name}` : name;
  return words.charAt(0).toUpperCase() + words.slice(1);
};

/** Says at the top of a form why it was not taken, with a way to each field at fault. */
export const ErrorSummary = ({
  problem,
  wordsOf = wordsOfPath,
}: {
  problem: Problem;
  wordsOf?(path: string): string;
}) => {
  const box = useRef<HTMLDivElement>(null);
  // Each refusal is a new problem, and is read out.
  useEffect(() => box.current?.focus(), [problem]);
  const fields = problem.fields ?? [];
  return (
    <div className="govuk-error-summary" ref={box} tabIndex={-1}>
      <div role="alert">
        <h2 className="govuk-error-summary__title">There is a problem</h2>
        <div className="govuk-error-summary__body">
          <p>
            {fields.length > 0
              ? 'Put this right, then send it again.'
              : inPlainTime(problem.detail ?? problem.title)}
          </p>
          <ul className="govuk-list govuk-error-summary__list">
            {fields.map(({ path, because }) => (
              <li key={path}>
                <a
                  href={`#${path}`}
                  onClick={(event) => {
                    event.preventDefault();
                    document.getElementById(path)?.focus();
                  }}
                >
                  {wordsOf(path)} {inPlainTime(because)}
                </a>
              </li>
            ))}
          </ul>
        </div>
      </div>
    </div>
  );
};
