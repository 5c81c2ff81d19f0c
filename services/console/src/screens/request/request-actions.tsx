import type { RequestView } from '@muster/contracts';
import type { ActionRow } from '../../api/reads.ts';
import { Actions } from '../../parts/act/actions.tsx';
import { commandWords } from '../../words/commands.ts';
import { useOrgName } from '../../words/orgs.ts';

/** These are asked beside what they are about: the offers. */
const ELSEWHERE: readonly string[] = ['offer-accept'];

/** A change begins from what is asked now. */
const withContent = (row: ActionRow, { lines, terms }: RequestView): ActionRow => ({
  ...row,
  target: { ...row.target, lines: lines.map(({ line }) => line), terms },
});

/** What else may be done about a request; several of one command are told apart by what they are about. */
export const RequestActions = ({
  actions,
  request,
}: {
  actions: readonly ActionRow[];
  request: RequestView;
}) => {
  const nameOf = useOrgName();
  const wordsOf = ({ command, target }: ActionRow): string => {
    const { force, capabilityId, lineId, offerId, bookingId } = target;
    const offer = request.offers.find((each) => each.offerId === (offerId ?? bookingId));
    const about = [
      capabilityId === undefined || offer ? undefined : String(capabilityId),
      force === undefined ? undefined : nameOf(String(force)),
      lineId === undefined ? undefined : `for ${String(lineId)}`,
      offer && `${offer.quantity} from ${nameOf(offer.donor)}`,
    ].filter((words) => words !== undefined);
    return [commandWords(command, target), ...about]
      .join(about.length > 0 ? ': ' : '')
      .replace(/: (?=for )/, ' ');
  };
  return (
    <Actions
      actions={actions
        .filter(({ command }) => !ELSEWHERE.includes(command))
        .map((row) => (row.command === 'request-amend' ? withContent(row, request) : row))}
      wordsOf={wordsOf}
    />
  );
};
