import { type MouseEvent, useState } from 'react';
import { getFile } from '../api/http.ts';
import { type Problem, problemOf } from '../api/problem.ts';
import { ProblemNotice } from './problem.tsx';

/** A file of the API: where it is, what it is called once it is kept, and the words of the link to it. */
export type FileLink = { href: string; name: string; words: string };

/** Hands a file to the browser to be kept. */
const keep = (file: Blob, name: string): void => {
  const url = URL.createObjectURL(file);
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  URL.revokeObjectURL(url);
};

/** Files to be taken away; the API says who may. */
export const Downloads = ({ label, files }: { label: string; files: readonly FileLink[] }) => {
  const [problem, setProblem] = useState<Problem>();
  const take = async (event: MouseEvent<HTMLAnchorElement>, name: string): Promise<void> => {
    // The link alone would leave this page for a refusal.
    event.preventDefault();
    setProblem(undefined);
    try {
      keep(await getFile(event.currentTarget.href), name);
    } catch (error) {
      setProblem(problemOf(error));
    }
  };
  return (
    <>
      {problem && <ProblemNotice problem={problem} />}
      <ul className="govuk-list mu-row" aria-label={label}>
        {files.map(({ href, name, words }) => (
          <li key={href}>
            <a className="govuk-link" href={href} download={name} onClick={(event) => void take(event, name)}>
              {words}
            </a>
          </li>
        ))}
      </ul>
    </>
  );
};
