import { command, type Draft, type Story } from './history.ts';
import { after, dropCommand, edit, type Plant } from './plant.ts';

const TIME = '2026-11-22T12:40:30.000Z';
const NAME = { donor: 'essex', deploymentId: 'o1', host: 'kent' };

/** One event of the deployment of the story, as the act of an organisation. */
export const told = (org: string, id: string, type: string, data: object = {}): Draft[] => {
  const [noun, verb = ''] = type.split('.');
  const prefix = noun === 'return' || noun === 'extension' ? `${noun}-` : '';
  const word = `${prefix}${verb.replaceAll('_', '-')}`;
  const subject = `deployment.essex.o1.${word}.kent`;
  return command(org, id, TIME, [{ type, subject, data: { ...NAME, ...data } }]);
};

export const recalled = told('essex', 'q1', 'return.requested', { raiseAt: '2026-11-22T13:40:00.000Z' });

const LONGER = {
  extensionId: 'e1',
  end: '2026-12-03T08:00:00.000Z',
  newEnd: '2026-12-05T08:00:00.000Z',
  answerBy: '2026-11-22T16:00:00.000Z',
};

/** Adds acts after the units have begun to move. */
const then = (story: Story, ...acts: Draft[][]): void => after(story.ledger, 'essex.s1.1', acts.flat());

/** Leaves the units out: they are neither released nor reported home. */
const leaveOut = ({ ledger }: Story): void => {
  for (const org of ['kent.x1', 'essex.b1']) dropCommand(ledger, org);
};

/** Faults in what becomes of units that are lent. */
export const deploymentPlants: readonly Plant[] = [
  {
    name: 'units are on task that never set out',
    kinds: ['deployment-step-illegal'],
    story: (story) => then(story, told('essex', 's2', 'deployment.status', { status: 'ON_TASK' })),
  },
  {
    name: 'a recall is settled that nobody raised',
    kinds: ['deployment-step-illegal'],
    story: (story) =>
      then(
        story,
        recalled,
        told('npocc', 'n1', 'return.settled', { decision: 'stay', consentedBy: 'duty-acc' }),
      ),
  },
  {
    name: 'units stay without the consent of their donor',
    kinds: ['deployment-step-illegal'],
    story: (story) =>
      then(
        story,
        recalled,
        told('hub', 't-9', 'return.raised'),
        told('npocc', 'n1', 'return.settled', { decision: 'stay' }),
      ),
  },
  {
    name: 'a recall is answered with a release that never comes',
    kinds: ['deployment-step-illegal'],
    story: (story) => {
      leaveOut(story);
      then(story, recalled, told('kent', 'k1', 'return.answered', { answer: 'release' }));
    },
  },
  {
    name: 'a recall that nobody answers is not raised',
    kinds: ['recall-unraised'],
    story: (story) => {
      leaveOut(story);
      then(story, recalled);
    },
  },
  {
    name: 'a host raises a recall to itself',
    kinds: ['not-entitled'],
    story: (story) => then(story, recalled, told('kent', 't-9', 'return.raised')),
  },
  {
    name: 'a commitment is forfeited and its booking stands',
    kinds: ['half-told'],
    story: (story) => {
      leaveOut(story);
      then(story, told('essex', 'f1', 'deployment.forfeited'));
    },
  },
  {
    name: 'nobody answers an ask for longer, and it stands open',
    kinds: ['extension-unsettled'],
    story: (story) => {
      leaveOut(story);
      then(story, told('kent', 'e1', 'extension.requested', LONGER));
    },
  },
  {
    name: 'the end moves without an ask',
    kinds: ['half-told', 'deployment-step-illegal'],
    story: (story) => {
      leaveOut(story);
      const moved = { extensionId: 'e1', from: LONGER.end, to: LONGER.newEnd, token: 3, homeVersion: 2 };
      then(story, told('essex', 'x9', 'extension.confirmed', moved));
    },
  },
  {
    name: 'a return leaves welfare open, and it is answered twice',
    kinds: ['deployment-step-illegal'],
    story: ({ ledger }) => {
      const answered = told('essex', 'w1', 'deployment.welfare_answered');
      after(ledger, 'essex.b1.4', answered);
    },
  },
  {
    name: 'units are to be away for more than eight weeks, and nobody looks at it',
    kinds: ['secondment-unraised', 'commitment-differs'],
    story: ({ ledger }) =>
      edit(ledger, 'essex.h-2-0-fccu.3', (data) => Object.assign(data, { to: '2027-02-01T08:00:00.000Z' })),
  },
  {
    name: 'control moves by the word of one side',
    kinds: ['control-one-sided'],
    story: (story) => {
      const terms = { proposalId: 'p1', to: 'host', proposedBy: 'kent' };
      then(
        story,
        told('kent', 'p1', 'deployment.control_proposed', terms),
        told('kent', 'c1', 'deployment.control_transferred', {
          ...terms,
          ...{ toForce: 'kent', confirmedBy: 'kent' },
        }),
      );
    },
  },
  {
    name: 'control moves otherwise than it was proposed',
    kinds: ['control-one-sided'],
    story: (story) => {
      const terms = { proposalId: 'p1', to: 'host', proposedBy: 'kent' };
      then(
        story,
        told('kent', 'p1', 'deployment.control_proposed', { ...terms, proposalId: 'p0' }),
        told('essex', 'c1', 'deployment.control_transferred', {
          ...terms,
          ...{ toForce: 'kent', confirmedBy: 'essex' },
        }),
      );
    },
  },
];
