import type { CandidateView } from '@muster/contracts';
import { useQuery } from '@tanstack/react-query';
import { problemOf } from '../../api/problem.ts';
import { candidatesQuery } from '../../api/reads.ts';
import { ProblemNotice } from '../../parts/problem.tsx';
import { type Column, Table } from '../../parts/table.tsx';
import { usePlace } from '../../shell/place.ts';
import { useOrgName } from '../../words/orgs.ts';
import { tokenWords } from '../../words/requests.ts';
import { dayAndTime } from '../../words/time.ts';

type Eligible = Extract<CandidateView, { eligible: true }>;
type Rejected = Extract<CandidateView, { eligible: false }>;

const isEligible = (candidate: CandidateView): candidate is Eligible => candidate.eligible;
const isRejected = (candidate: CandidateView): candidate is Rejected => !candidate.eligible;
const keyOf = ({ donor, capabilityId }: CandidateView): string => `${donor}/${capabilityId}`;

const rounded = (value: number): string => String(Math.round(value * 100) / 100);

/** How the score came about: each term, its weight, and what it adds. */
const Score = ({ candidate }: { candidate: Eligible }) => (
  <details className="mu-score">
    <summary>{rounded(candidate.score)}</summary>
    <ul>
      {candidate.terms.map(({ term, value, unit, weight }) => (
        <li key={term}>
          {tokenWords(term)}: {rounded(value)} {unit} × {rounded(weight)} = {rounded(value * weight)}
        </li>
      ))}
    </ul>
  </details>
);

/** Capabilities that could fill a line, the lowest score first, and those that could not with why. */
type Of = { host: string; requestId: string; lineId: string };

export const Candidates = ({ host, requestId, lineId }: Of) => {
  const nameOf = useOrgName();
  const { data, error } = useQuery(candidatesQuery(usePlace(), host, requestId, lineId));
  if (error) return <ProblemNotice problem={problemOf(error)} />;
  if (!data) return <p className="govuk-body">Loading…</p>;
  const columns: Column<Eligible>[] = [
    { header: 'Force', cell: ({ donor, capabilityId }) => `${nameOf(donor)}, ${capabilityId}` },
    { header: 'Free', numeric: true, cell: ({ free }) => free },
    { header: 'Could be there', cell: ({ arrival }) => dayAndTime(arrival) },
    { header: 'Distance', numeric: true, cell: ({ distanceKm }) => `${Math.round(distanceKm)} km` },
    { header: 'Score, less is better', cell: (candidate) => <Score candidate={candidate} /> },
  ];
  const rejected = data.candidates.filter(isRejected);
  return (
    <>
      <Table
        caption="Those who could"
        isCaptionHidden
        columns={columns}
        rows={data.candidates.filter(isEligible)}
        keyOf={keyOf}
        empty="Nobody could, as things stand."
      />
      {data.rejectedTotal > 0 && (
        <>
          <p className="govuk-body">Those who could not ({data.rejectedTotal}):</p>
          <ul className="govuk-list govuk-list--bullet">
            {rejected.map((candidate) => (
              <li key={keyOf(candidate)}>
                {nameOf(candidate.donor)}, {candidate.capabilityId}:{' '}
                {candidate.reasons.map(({ because }) => because).join('; ')}
              </li>
            ))}
          </ul>
        </>
      )}
    </>
  );
};
