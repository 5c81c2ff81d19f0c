import { after, draft, drop, edit, type Plant } from './plant.ts';

/** Faults in requests, in who wrote what, and in the records as such. */
export const recordPlants: readonly Plant[] = [
  {
    name: 'an asked force has no end after the answer time',
    kinds: ['asked-without-end'],
    story: ({ ledger }) =>
      edit(ledger, 'hub.t-1.1', (data) => {
        data.silent = [];
      }),
  },
  {
    name: 'an asked force is not told of the request',
    kinds: ['asked-not-told'],
    story: ({ ledger }) =>
      edit(ledger, 'kent.r1.6', (data) => {
        data.notice.kind = 'else';
      }),
  },
  {
    name: 'a request never ends',
    kinds: ['request-without-end'],
    story: ({ ledger }) => drop(ledger, 'essex.b1.3', 'essex.b1.4'),
  },
  {
    name: 'an acknowledged event is not in the stream',
    kinds: ['acknowledged-lost'],
    acks: [{ org: 'kent', commandId: 'a9', eventIds: ['kent.a9.1'] }],
  },
  {
    name: 'an acknowledgement names the events of another command',
    kinds: ['acknowledged-lost'],
    acks: [{ org: 'kent', commandId: 'a9', eventIds: ['kent.a1.1'] }],
  },
  {
    name: 'an offer is made by another force than its donor',
    kinds: ['not-entitled'],
    story: ({ ledger }) => {
      draft(ledger, 'essex.o1.1').id = 'sussex.o1.1';
      draft(ledger, 'sussex.o1.1').actor = 'sussex/adapter/desk';
    },
  },
  {
    name: 'a home ledger is written by another force',
    kinds: ['not-entitled'],
    story: ({ home }) => {
      Object.assign(draft(home, 'essex.c5.1'), { id: 'surrey.c5.1', actor: 'surrey/adapter/desk' });
    },
  },
  {
    name: 'a donor reserves for itself in the name of the host',
    kinds: ['not-entitled'],
    story: ({ ledger }) => {
      for (const n of [1, 2])
        Object.assign(draft(ledger, `kent.a2.${n}`), { id: `surrey.a2.${n}`, actor: 'surrey/adapter/desk' });
    },
  },
  {
    name: 'an actor of another organisation is named',
    kinds: ['not-entitled'],
    story: ({ ledger }) => {
      draft(ledger, 'kent.x1.1').actor = 'essex/requester/desk';
    },
  },
  {
    name: 'an event stands on the subject of another',
    kinds: ['subject-mismatch'],
    story: ({ ledger }) => {
      draft(ledger, 'essex.o1.1').subject = 'actual.request.kent.r1.offer-made.surrey';
    },
  },
  {
    name: 'an event of an exercise stands in the actual stream',
    kinds: ['subject-mismatch'],
    story: ({ ledger }) => {
      draft(ledger, 'essex.s1.1').subject = 'exercise.deployment.essex.o1.status.kent';
    },
  },
  {
    name: 'an event is stored twice',
    kinds: ['duplicate-id', 'command-torn'],
    story: ({ ledger }) => after(ledger, 'essex.s1.1', [{ ...draft(ledger, 'essex.s1.1') }]),
  },
  {
    name: 'half of a command is stored',
    kinds: ['command-torn', 'asked-without-end'],
    story: ({ ledger }) => drop(ledger, 'hub.t-1.1'),
  },
  {
    name: 'another event stands within the events of a command',
    kinds: ['command-torn', 'deployment-step-illegal'],
    story: ({ ledger }) => {
      const [status] = ledger.splice(ledger.indexOf(draft(ledger, 'essex.s1.1')), 1);
      if (status) after(ledger, 'kent.x1.1', [status]);
    },
  },
  {
    name: 'a sequence is missing from a ledger',
    kinds: ['sequence-gap'],
    records: (records) => {
      for (const record of records[2]?.slice(2) ?? []) record.seq += 1;
    },
  },
  {
    name: 'a ledger begins after its first sequence',
    kinds: ['sequence-gap'],
    records: (records) => {
      for (const record of records[2] ?? []) record.seq += 5;
    },
  },
  {
    name: 'a body is not JSON',
    kinds: ['unreadable'],
    records: (records) => {
      for (const record of records[1] ?? [])
        if (record.subject.endsWith('.status.kent')) record.body = '{"donor":';
    },
  },
  {
    name: 'a type is unknown',
    kinds: ['unreadable'],
    story: ({ ledger }) => {
      draft(ledger, 'essex.s1.1').type = 'muster.deployment.status.v2';
    },
  },
];
