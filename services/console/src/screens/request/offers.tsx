import type { OfferView, RequestView } from '@muster/contracts';
import { type FormEvent, useState } from 'react';
import { useCommand } from '../../api/commands.ts';
import type { ActionRow } from '../../api/reads.ts';
import { useIsReadOnly } from '../../live/live.tsx';
import { Countdown } from '../../parts/countdown.tsx';
import { ErrorSummary, Faults } from '../../parts/form/faults.tsx';
import { TextArea } from '../../parts/form/field.tsx';
import { Notice } from '../../parts/notice.tsx';
import { SummaryList } from '../../parts/summary-list.tsx';
import { Tag, type TagColour } from '../../parts/tag.tsx';
import { useCapabilityName, useOrgName } from '../../words/orgs.ts';
import { tokenWords } from '../../words/requests.ts';
import { dayAndTime } from '../../words/time.ts';

const COLOURS: Readonly<Partial<Record<OfferView['status'], TagColour>>> = {
  made: 'yellow',
  provisional: 'purple',
  accepted: 'blue',
  committed: 'green',
  refused: 'red',
  lapsing: 'orange',
};

/** Quantities chosen, by offer, as they are written. */
type Chosen = Readonly<Record<string, string>>;

const isChoosable = ({ status }: OfferView): boolean => status === 'made';

const Choice = ({
  offer,
  chosen,
  set,
}: {
  offer: OfferView;
  chosen: string | undefined;
  set(quantity: string | undefined): void;
}) => {
  const nameOf = useOrgName();
  const id = `accept-${offer.offerId}`;
  return (
    <div className="mu-choice">
      <div className="govuk-checkboxes govuk-checkboxes--small">
        <div className="govuk-checkboxes__item">
          <input
            className="govuk-checkboxes__input"
            id={id}
            type="checkbox"
            checked={chosen !== undefined}
            onChange={({ target }) => set(target.checked ? String(offer.quantity) : undefined)}
          />
          <label className="govuk-label govuk-checkboxes__label" htmlFor={id}>
            Choose {nameOf(offer.donor)}
          </label>
        </div>
      </div>
      {chosen !== undefined && (
        <>
          <label className="govuk-label" htmlFor={`${id}-quantity`}>
            How many of {offer.quantity}
          </label>
          <input
            className="govuk-input govuk-input--width-3"
            id={`${id}-quantity`}
            inputMode="numeric"
            value={chosen}
            onChange={({ target }) => set(target.value)}
          />
        </>
      )}
    </div>
  );
};

const Offer = ({
  offer,
  request,
  children,
}: {
  offer: OfferView;
  request: RequestView;
  children?: React.ReactNode;
}) => {
  const nameOf = useOrgName();
  const capabilityOf = useCapabilityName();
  const line = request.lines.find(({ line: { lineId } }) => lineId === offer.lineId)?.line;
  return (
    <li className="mu-card">
      <h3 className="govuk-heading-s mu-tight">
        {nameOf(offer.donor)}: {offer.quantity}
      </h3>
      <p className="govuk-body">
        <Tag colour={COLOURS[offer.status] ?? 'grey'}>{tokenWords(offer.status)}</Tag>{' '}
        {offer.unsolicited && <Tag colour="purple">Unsolicited</Tag>}
      </p>
      <SummaryList
        rows={[
          { key: 'What', value: `${offer.capabilityId}, ${capabilityOf(line?.capabilityCode ?? '')}` },
          { key: 'There', value: dayAndTime(offer.estimatedArrival) },
          { key: 'Condition', value: offer.condition },
          { key: 'Good until', value: offer.validUntil && <Countdown to={offer.validUntil} /> },
          { key: 'Accepted', value: offer.acceptedQuantity },
          {
            key: 'Home to confirm',
            value:
              offer.status === 'accepted' && offer.confirmBy ? <Countdown to={offer.confirmBy} /> : undefined,
          },
          {
            key: 'Left out',
            value:
              offer.leftOut &&
              `${offer.leftOut.named - offer.leftOut.reserved} of ${offer.leftOut.named} that were taken: ${offer.leftOut.because}`,
          },
          { key: 'Goes on from', value: offer.continues },
        ]}
      />
      {children}
    </li>
  );
};

/** Whether what can be had is enough, where some of what is chosen cannot be had any more. */
const MinimumSuffices = ({ checked, set }: { checked: boolean; set(checked: boolean): void }) => (
  <div className="govuk-checkboxes govuk-checkboxes--small govuk-form-group">
    <div className="govuk-checkboxes__item">
      <input
        className="govuk-checkboxes__input"
        id="accept-or-minimum"
        type="checkbox"
        aria-describedby="accept-or-minimum-hint"
        checked={checked}
        onChange={({ target }) => set(target.checked)}
      />
      <label className="govuk-label govuk-checkboxes__label" htmlFor="accept-or-minimum">
        The minimum of each line suffices
      </label>
      <div className="govuk-hint govuk-checkboxes__hint" id="accept-or-minimum-hint">
        What cannot be had any more is left out. Without this, all that is chosen is reserved, or nothing.
      </div>
    </div>
  </div>
);

/** Offers side by side; those that are chosen are accepted together, or none of them, or what can be had of them. */
export const Offers = ({ request, actions }: { request: RequestView; actions: readonly ActionRow[] }) => {
  const [chosen, setChosen] = useState<Chosen>({});
  const [override, setOverride] = useState('');
  const [orMinimum, setOrMinimum] = useState(false);
  const isReadOnly = useIsReadOnly();
  const { sending, faults, send } = useCommand('offer-accept');
  const may = actions.find(({ command, allowed }) => command === 'offer-accept' && allowed);
  const open = request.offers.filter(isChoosable);
  const whyNot = may
    ? []
    : actions.flatMap((row) => (row.command === 'offer-accept' && !row.allowed ? row.because : []));
  const picked = open.filter(({ offerId }) => chosen[offerId] !== undefined);
  const refused = sending.state === 'refused' ? sending.problem : undefined;

  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    const accept = picked.map(({ offerId }) => ({ offerId, quantity: Number(chosen[offerId]) }));
    const body = {
      requestId: request.requestId,
      accept,
      ...(orMinimum && { orMinimum }),
      ...(override.trim() === '' ? {} : { override: { reason: override.trim() } }),
    };
    if (await send(body, may?.allowed ? may.role : undefined)) setChosen({});
  };
  const set = (offerId: string, quantity: string | undefined): void =>
    setChosen(({ [offerId]: _, ...rest }) =>
      quantity === undefined ? rest : { ...rest, [offerId]: quantity },
    );

  return (
    <section aria-labelledby="offers">
      <h2 id="offers" className="govuk-heading-m">
        Offers
      </h2>
      {request.offers.length === 0 && <p className="govuk-body mu-quiet">There is no offer yet.</p>}
      <form onSubmit={(event) => void submit(event)} noValidate>
        {refused && <ErrorSummary problem={refused} />}
        {sending.state === 'unknown' && (
          <Notice>It is not known whether this was stored. Send it again: it will not be done twice.</Notice>
        )}
        <ul className="mu-cards">
          {request.offers.map((offer) => (
            <Offer key={offer.offerId} offer={offer} request={request}>
              {may && isChoosable(offer) && (
                <Choice
                  offer={offer}
                  chosen={chosen[offer.offerId]}
                  set={(quantity) => set(offer.offerId, quantity)}
                />
              )}
            </Offer>
          ))}
        </ul>
        {refused?.code === 'duty-breach' && (
          <Faults faults={faults}>
            <TextArea
              id="override.reason"
              label="Why these units are needed although they should rest"
              value={override}
              onChange={setOverride}
            />
          </Faults>
        )}
        {open.length > 0 && whyNot.length > 0 && (
          <p className="govuk-body mu-quiet">
            You cannot accept now: {[...new Set(whyNot.map(({ because }) => because))].join('; ')}.
          </p>
        )}
        {may && picked.length > 0 && <MinimumSuffices checked={orMinimum} set={setOrMinimum} />}
        {may && open.length > 0 && (
          <button
            type="submit"
            className="govuk-button"
            disabled={picked.length === 0 || sending.state === 'sending' || isReadOnly}
          >
            {sending.state === 'sending' ? 'Sending…' : 'Accept chosen offers'}
          </button>
        )}
      </form>
    </section>
  );
};
