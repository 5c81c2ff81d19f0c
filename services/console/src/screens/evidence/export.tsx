import { withParameters } from '../../api/http.ts';
import { Downloads } from '../../parts/downloads.tsx';
import { usePlace } from '../../shell/place.ts';

const FORMATS = [
  ['ndjson', 'NDJSON'],
  ['csv', 'CSV'],
] as const;

/** The record of one request to be taken away. */
export const ExportLinks = ({ requestId, from, to }: { requestId: string; from: string; to: string }) => {
  const { mode, org } = usePlace();
  return (
    <Downloads
      label="Take the record away"
      files={FORMATS.map(([format, words]) => ({
        href: withParameters(`/v1/${mode}/export`, { as: org, from, to, format, request: requestId }),
        name: `muster-${requestId}.${format}`,
        words: `Download as ${words}`,
      }))}
    />
  );
};
