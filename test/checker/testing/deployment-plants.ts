import { command, type Draft, type Story } from './history.ts';
import { after, dropCommand, type Plant } from './plant.ts';

const TIME = '2026-11-22T12:40:30.000Z';
const NAME = { donor: 'essex', deploymentId: 'o1', host: 'kent' };

/** One event of the deployment of the story, as the act of an organisation. */
export const told = (org: string, id: string, type: string, data: object = {}): Draft[] => {
  const [noun, verb = ''] = type.split('.');
  const word = `${noun === 'return' ? 'return-' : ''}${verb.replaceAll('_', '-')}`;
  const subject = `deployment.essex.o1.${word}.kent`;
  return command(org, id, TIME, [{ type, subject, data: { ...NAME, ...data } }]);
};

export const recalled = told('essex', 'q1', 'return.requested', { raiseAt: '2026-11-22T13:40:00.000Z' });

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
