import type { AskAnswer } from '@muster/contracts';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useSearchParams } from 'react-router';
import { useMe } from '../../api/me.ts';
import { listQuery } from '../../api/reads.ts';
import { nowMs } from '../../clock.ts';
import { AddressChoice } from '../../parts/address-choice.tsx';
import { Loaded } from '../../parts/loaded.tsx';
import { usePlace } from '../../shell/place.ts';
import { useDocumentTitle } from '../../shell/title.ts';
import { dayAndTime } from '../../words/time.ts';
import { DeskForm } from './desk-form.tsx';
import { EndOfDuty, markQuery } from './end-of-duty.tsx';
import { HandoverItems } from './items.tsx';

type Handover = AskAnswer<'handover'>;

const HOUR_MS = 3_600_000;
const HOURS: readonly (readonly [string, string])[] = [
  ['12', 'In the last 12 hours'],
  ['4', 'In the last 4 hours'],
  ['24', 'In the last 24 hours'],
  ['72', 'In the last 3 days'],
];
/** Stands for the time since the person's last duty ended. */
const MARK = 'mark';

const HandoverOf = ({ handover, post, desk }: { handover: Handover; post: string; desk: string }) => {
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const desks = [...new Set(handover.items.map((item) => item.desk))].sort();
  const items = handover.items.filter((item) => desk === '' || item.desk === desk);
  return (
    <>
      <AddressChoice
        name="desk"
        label="Looked after by"
        options={[['', 'Any desk'], ...desks.map((each): [string, string] => [each, each])]}
      />
      <p className="govuk-body mu-quiet">
        As of {dayAndTime(handover.asOf)}.
        {handover.changesLeftOut > 0 && ` ${handover.changesLeftOut} older changes are not shown.`}
      </p>
      <HandoverItems items={items} chosen={chosen} onChoose={setChosen} />
      {handover.items.length > 0 && (
        <DeskForm
          items={items}
          chosen={chosen}
          post={post}
          whole={desk}
          onGiven={(key) => setChosen((before) => new Set([...before].filter((each) => each !== key)))}
        />
      )}
      <EndOfDuty key={desk} desk={desk} lastSeq={handover.lastSeq} />
    </>
  );
};

/** Who looks after what is open, what has changed since, and to whom it goes from here. */
export const Component = () => {
  useDocumentTitle('Handover');
  const place = usePlace();
  const { duties } = useMe();
  const [search] = useSearchParams();
  const [openedAt] = useState(nowMs);
  const desk = search.get('desk') ?? '';
  const mark = useQuery(markQuery(place, desk)).data?.mark;
  const spans = mark ? [[MARK, `Since my duty ended, ${dayAndTime(mark.at)}`] as const, ...HOURS] : HOURS;
  const asked = search.get('hours') ?? spans[0]?.[0];
  const hours = Number(asked === MARK ? HOURS[0]?.[0] : asked);
  const since = new Date(openedAt - hours * HOUR_MS).toISOString();
  const from = mark && asked === MARK ? { sinceSeq: mark.seq } : { since };
  const handover = useQuery(listQuery<Handover>(place, 'handover', from));
  const post = duties.find(({ org }) => org === place.org)?.post ?? '';
  return (
    <>
      <h1 className="govuk-heading-l">Handover</h1>
      <div className="mu-row">
        <AddressChoice name="hours" label="What has changed" options={spans} />
      </div>
      <Loaded query={handover}>{(read) => <HandoverOf handover={read} post={post} desk={desk} />}</Loaded>
    </>
  );
};
