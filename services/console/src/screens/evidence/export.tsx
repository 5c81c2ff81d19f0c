import { type MouseEvent, useState } from 'react';
import { getFile, withParameters } from '../../api/http.ts';
import { type Problem, problemOf } from '../../api/problem.ts';
import { ProblemNotice } from '../../parts/problem.tsx';
import { usePlace } from '../../shell/place.ts';

const FORMATS = [
  ['ndjson', 'NDJSON'],
  ['csv', 'CSV'],
] as const;

/** Hands a file to the browser to be kept. */
const keep = (file: Blob, name: string): void => {
  const url = URL.createObjectURL(file);
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  URL.revokeObjectURL(url);
};

/** The record of one request to be taken away; the API says who may. */
export const ExportLinks = ({ requestId, from, to }: { requestId: string; from: string; to: string }) => {
  const { mode, org } = usePlace();
  const [problem, setProblem] = useState<Problem>();
  const take = async (event: MouseEvent<HTMLAnchorElement>, format: string): Promise<void> => {
    // The link alone would leave this page for a refusal.
    event.preventDefault();
    setProblem(undefined);
    try {
      keep(await getFile(event.currentTarget.href), `muster-${requestId}.${format}`);
    } catch (error) {
      setProblem(problemOf(error));
    }
  };
  return (
    <>
      {problem && <ProblemNotice problem={problem} />}
      <ul className="govuk-list mu-row" aria-label="Take the record away">
        {FORMATS.map(([format, words]) => (
          <li key={format}>
            <a
              className="govuk-link"
              href={withParameters(`/v1/${mode}/export`, { as: org, from, to, format, request: requestId })}
              download={`muster-${requestId}.${format}`}
              onClick={(event) => void take(event, format)}
            >
              Download as {words}
            </a>
          </li>
        ))}
      </ul>
    </>
  );
};
