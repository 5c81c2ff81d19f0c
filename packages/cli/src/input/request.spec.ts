import { COMMANDS } from '@muster/contracts';
import { describe, expect, it } from 'vitest';
import { requestFromFlags } from './flags.ts';
import { readRequest } from './request.ts';

const context = {
  nowMs: Date.parse('2026-11-22T21:00:00.000Z'),
  org: 'kent',
  commandId: 'c-1',
  actor: { role: 'requester', id: 'duty-desk' },
} as const;

const terms = { threatCategory: 'CYBER', specialDemandReason: 'ransomware', contactDesk: 'control room' };
const line = { code: 'CY.RCCU', quantity: 2, from: '2026-11-23 08:00', to: '+3d' };

const faultsOf = (raw: unknown, org: string = context.org): Record<string, string> => {
  const read = readRequest(raw, { ...context, org });
  return read.ok ? {} : Object.fromEntries(read.faults.map((fault) => [fault.path, fault.because]));
};

describe('a request in a file', () => {
  it('needs little: the rest has defaults, and the mesh takes it', () => {
    const read = readRequest({ lines: [line], terms }, context);
    expect(read).toMatchObject({
      ok: true,
      body: {
        commandId: 'c-1',
        lines: [
          {
            lineId: 'line-1',
            capabilityCode: 'CY.RCCU',
            quantity: 2,
            minimumQuantity: 1,
            from: '2026-11-23T08:00:00.000Z',
            to: '2026-11-25T21:00:00.000Z',
            reportTo: { name: 'Kent Police, Maidstone' },
            accreditations: [],
          },
        ],
        terms: { urgency: 'EXPECTED', legalBasis: 'PA96-S24' },
        recipients: { kind: 'nearest', count: 10 },
        answerBy: '2026-11-22T23:00:00.000Z',
      },
    });
    expect(read.ok && COMMANDS['request-create'].safeParse(read.body).success).toBe(true);
  });

  it('may name its lines, its place and whom it asks', () => {
    const raw = {
      lines: [
        { ...line, lineId: 'line-1', reportTo: 'Dover docks@51.12/1.33' },
        { ...line, reportTo: { name: 'Lewes', lat: 50.88, lon: 0.02 } },
        { ...line, reportTo: 'sussex' },
      ],
      terms,
      recipients: { kind: 'forces', forces: ['essex', 'sussex'] },
    };
    const read = readRequest(raw, context);
    expect(read.ok && read.body.lines.map((each) => [each.lineId, each.reportTo.name])).toEqual([
      ['line-1', 'Dover docks'],
      ['line-2', 'Lewes'],
      ['line-3', 'Sussex Police, Lewes'],
    ]);
  });

  it('that is wrong names every field at fault', () => {
    const raw = {
      lines: [
        { ...line, code: 'SU.UC', quantity: 0, from: 'soon', colour: 'red' },
        { ...line, from: '+4h', to: '+2h', reportTo: 'nowhere', minimum: 3 },
        { ...line, minimum: 3 },
        { ...line, quantity: -1, from: 'yesterday' },
      ],
      terms: { threatCategory: 'WEATHER', contactDesk: 'control room' },
      recipients: { kind: 'forces', forces: ['atlantis'] },
      answerBy: '2026-10-25 01:30',
    };
    expect(faultsOf(raw)).toEqual({
      'lines[0].code': 'is not a capability code that may be shared on the mesh',
      'lines[0].quantity': 'must be at least 1',
      'lines[0].from': expect.stringContaining('"soon" is not a time; use'),
      'lines[0]': 'has what is not known here: colour',
      'lines[1].reportTo': expect.stringContaining('"nowhere" is not a place; use'),
      'lines[1].to': 'must end after it starts',
      'lines[1].minimum': 'must not exceed the quantity asked',
      'lines[2].minimum': 'must not exceed the quantity asked',
      'lines[3].quantity': 'must be at least 1',
      'lines[3].from': expect.stringContaining('is not a time'),
      'terms.threatCategory': expect.stringContaining('CYBER'),
      'terms.specialDemandReason': 'is missing',
      'recipients.forces[0]': 'is not a force in the reference data',
      answerBy: expect.stringContaining('comes twice'),
    });
  });

  it.each([
    [[], ''],
    ['text', ''],
    [undefined, ''],
    [{ terms }, 'lines'],
    [{ lines: [], terms }, 'lines'],
    [{ lines: 'one', terms }, 'lines'],
    [{ lines: [null], terms }, 'lines[0]'],
  ])('that is no request at all is refused (%#)', (raw, path) => {
    expect(Object.keys(faultsOf(raw))).toContain(path);
  });

  it('that ends before it starts, or names a line twice, is refused', () => {
    expect(faultsOf({ lines: [{ ...line, from: '+4h', to: '+2h' }], terms })).toEqual({
      'lines[0].to': 'must end after it starts',
    });
    const twice = [
      { ...line, lineId: 'a' },
      { ...line, lineId: 'a' },
    ];
    expect(faultsOf({ lines: twice, terms })).toEqual({ lines: 'every line needs its own lineId' });
  });

  it('needs a place when the organisation has no headquarters', () => {
    expect(faultsOf({ lines: [line], terms }, 'npocc')).toEqual({
      'lines[0].reportTo': expect.stringContaining('npocc has no headquarters'),
    });
  });
});

describe('a request in flags', () => {
  const flags = {
    line: [
      'code=CY.RCCU,quantity=2,minimum=1,from=2026-11-23 08:00,to=+3d,place=kent,accreditations=FSR-CODE+PO-L2',
    ],
    threat: 'CYBER',
    reason: 'ransomware',
    contactDesk: 'control room',
    ask: 'essex, sussex',
    incident: 'INC-1/ransomware',
    confirmWithin: '20',
  };

  it('says the same as one in a file', () => {
    const { raw, faults } = requestFromFlags(flags);
    expect(faults).toEqual([]);
    expect(readRequest(raw, context)).toMatchObject({
      ok: true,
      body: {
        lines: [{ quantity: 2, accreditations: ['FSR-CODE', 'PO-L2'] }],
        terms: { incident: { ref: 'INC-1', category: 'ransomware' } },
        recipients: { kind: 'forces', forces: ['essex', 'sussex'] },
        confirmWithinMinutes: 20,
      },
    });
  });

  it('that cannot be understood says which part', () => {
    const { faults } = requestFromFlags({ ...flags, line: ['code=CY.RCCU,colour=red,2'], nearest: '3' });
    expect(faults.map((fault) => fault.path)).toEqual(['lines[0]', 'lines[0]', 'recipients']);
    expect(faults[0]?.because).toContain('"colour=red" is not understood; write id=');
  });

  it('keeps what is not a number, so that the fault names it', () => {
    const { raw } = requestFromFlags({ ...flags, line: ['code=CY.RCCU,quantity=two,from=now,to=+1h'] });
    expect(faultsOf(raw)).toEqual({ 'lines[0].quantity': expect.stringContaining('number') });
  });
});
