import { stringify } from 'yaml';
import { ASK_NAMES } from '../asks.ts';
import { MODES } from '../codes.ts';
import { COMMAND_NAMES } from '../commands.ts';
import { CLOUDEVENTS_SPEC_VERSION, CONTENT_TYPE } from '../envelope.ts';
import { ORGS } from '../reference/organisations.ts';
import { EVENT_TYPES, type EventType, eventRow } from '../registry.ts';
import type { AggregateKind } from '../subjects.ts';
import { kindOf } from './subjects.ts';

const ref = (...path: string[]) => ({ $ref: `#/${path.join('/')}` });
const SCHEMA_FORMAT = 'application/schema+json;version=draft-2020-12';
const payload = (file: string) => ({
  schemaFormat: SCHEMA_FORMAT,
  schema: { $ref: `./schemas/${file}.json` },
});
const text = (description: string) => ({ type: 'string', description });

const envelope = {
  type: 'object',
  description: 'CloudEvents 1.0 attributes as NATS headers; values are percent-encoded.',
  required: [
    ...['ce-specversion', 'ce-id', 'ce-source', 'ce-type', 'ce-time', 'ce-commandid', 'ce-actor'],
    ...['ce-classification', 'content-type'],
  ],
  properties: {
    'ce-specversion': { type: 'string', const: CLOUDEVENTS_SPEC_VERSION },
    'ce-id': text('<org>.<commandId>.<n>: a function of the command, so that a retry makes the same id'),
    'ce-source': text('URI reference of the writer'),
    'ce-type': text('muster.<name>.v<version>'),
    'ce-time': text('When it was decided, in UTC with milliseconds'),
    'ce-commandid': text('The command behind it'),
    'ce-actor': text('<org>/<role>/<desk>'),
    'ce-classification': { type: 'string', enum: ['OFFICIAL', 'OFFICIAL-SENSITIVE'] },
    'ce-correlationid': text('The request that it belongs to'),
    'ce-causationid': text('The event or due message that caused it'),
    traceparent: text('W3C trace context'),
    'content-type': { type: 'string', const: CONTENT_TYPE },
  },
};

const mode = { description: 'Live running or an exercise.', enum: [...MODES], default: 'actual' };
const org = {
  description: 'The organisation that sends; the server checks it.',
  examples: [ORGS[0] ?? '', 'npocc'],
};
const named = (description: string) => ({ description });

const PARAMETERS: Record<string, object> = {
  mode,
  org,
  force: named('The force that advertises.'),
  host: named('The organisation that asks.'),
  donor: named('The force whose capability it is.'),
  requestId: named('Id of the command that created the request; unique to its host.'),
  capabilityId: named('Id of the capability within its force.'),
  deploymentId: named('Id of the deployment, which is that of its offer.'),
  offerId: named('Id of the offer, which is that of the command that prepared it.'),
  claimId: named('Id of the claim, which is that of its deployment.'),
  event: named('Which event of the aggregate.'),
  addressee: named('The one force, other than the host, that may read it; `_` for none.'),
  owner: named('An organisation, or `hub`.'),
  policyId: named('Which of the rules of an organisation.'),
  service: named('The service that gave the message up.'),
  reason: named('Why.'),
};

const channel = (address: string, summary: string, messages: readonly string[]) => ({
  address,
  summary,
  parameters: Object.fromEntries(
    [...address.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => [name, PARAMETERS[name] ?? {}]),
  ),
  messages: Object.fromEntries(messages.map((name) => [name, ref('components', 'messages', name)])),
});

const eventsOf = (kind: AggregateKind): EventType[] => EVENT_TYPES.filter((type) => kindOf(type) === kind);

const FAMILIES: Record<AggregateKind, { address: string; summary: string; action: 'send' | 'receive' }> = {
  capability: {
    address: '{mode}.capability.{force}.{capabilityId}',
    summary: 'Adverts: the full state of one capability, by its own force.',
    action: 'send',
  },
  request: {
    address: '{mode}.request.{host}.{requestId}.{event}.{addressee}',
    summary: 'Requests, the offers for them and the commitments that follow.',
    action: 'receive',
  },
  offer: {
    address: '{mode}.offer.{donor}.{offerId}.{event}.{addressee}',
    summary: 'Offers that a donor has prepared and a person of it has to approve; for the donor alone.',
    action: 'receive',
  },
  booking: {
    address: '{mode}.booking.{donor}.{capabilityId}',
    summary: 'Bookings of a capability in the ledger of the hub.',
    action: 'receive',
  },
  deployment: {
    address: '{mode}.deployment.{donor}.{deploymentId}.{event}.{addressee}',
    summary: 'Deployments, from commitment to return.',
    action: 'receive',
  },
  claim: {
    address: '{mode}.claim.{donor}.{claimId}.{event}.{addressee}',
    summary: 'The money side of a deployment, from estimate to payment.',
    action: 'receive',
  },
  policy: {
    address: '{mode}.policy.{org}.{policyId}.{event}.{addressee}',
    summary: 'Rules that an organisation sets for its own decisions.',
    action: 'receive',
  },
  home: {
    address: '{mode}.home.{donor}.{capabilityId}',
    summary: "A donor's own ledger: what it confirmed, refused and uses itself.",
    action: 'send',
  },
};
const KINDS = Object.keys(FAMILIES).filter((kind): kind is AggregateKind => kind in FAMILIES);

const eventMessages = () =>
  EVENT_TYPES.map((type) => [
    type,
    {
      name: type,
      title: type,
      summary: eventRow(type).about,
      contentType: CONTENT_TYPE,
      headers: ref('components', 'schemas', 'envelope'),
      payload: payload(`events/${type}`),
    },
  ]);

const plainMessage = (name: string, file: string) => [
  name,
  { name, contentType: CONTENT_TYPE, payload: payload(file) },
];

/** The channels and operations of one request/reply call. */
const call = (verb: 'cmd' | 'ask', name: string, reply: string) => {
  const id = `${verb}.${name}`;
  const request = verb === 'cmd' ? `command.${name}` : `${name}.query`;
  return {
    id,
    channel: channel(`${verb}.{mode}.{org}.${name}`, `${verb === 'cmd' ? 'Command' : 'Query'} ${name}.`, [
      request,
    ]),
    operation: {
      action: 'send',
      channel: ref('channels', id),
      messages: [ref('channels', id, 'messages', request)],
      reply: { channel: ref('channels', 'reply'), messages: [ref('channels', 'reply', 'messages', reply)] },
    },
    reply,
  };
};

const DEAD = { address: 'dead.{mode}.{owner}.{service}.{reason}', message: 'dead-letter' };

/** The AsyncAPI 3 document, as an organisation on the mesh sees it. */
export const asyncApi = () => {
  const calls = [
    ...COMMAND_NAMES.map((name) => call('cmd', name, 'command.reply')),
    ...ASK_NAMES.map((name) => call('ask', name, `${name}.answer`)),
  ];
  const replies = [...new Set(calls.map((each) => each.reply))];
  return {
    asyncapi: '3.0.0',
    info: {
      title: 'Muster',
      version: '1.0.0',
      description:
        'The inter-force resource-sharing event mesh, as one organisation on it sees it: what it sends and what it receives. Made from the event table by `pnpm generate`; do not edit.',
      license: { name: 'MIT' },
    },
    defaultContentType: CONTENT_TYPE,
    servers: {
      hub: { host: '127.0.0.1:4222', protocol: 'nats', description: 'The hub; nkey authentication.' },
    },
    channels: {
      ...Object.fromEntries(
        KINDS.map((kind) => [kind, channel(FAMILIES[kind].address, FAMILIES[kind].summary, eventsOf(kind))]),
      ),
      ...Object.fromEntries(calls.map((each) => [each.id, each.channel])),
      reply: {
        address: null,
        summary: 'The private inbox that a call names as its reply subject.',
        messages: Object.fromEntries(replies.map((name) => [name, ref('components', 'messages', name)])),
      },
      dead: channel(DEAD.address, 'Messages that could not be handled.', [DEAD.message]),
    },
    operations: {
      ...Object.fromEntries(
        KINDS.map((kind) => [
          `${FAMILIES[kind].action}.${kind}`,
          { action: FAMILIES[kind].action, channel: ref('channels', kind), summary: FAMILIES[kind].summary },
        ]),
      ),
      ...Object.fromEntries(calls.map((each) => [each.id, each.operation])),
      'send.dead': { action: 'send', channel: ref('channels', 'dead') },
    },
    components: {
      schemas: { envelope },
      messages: Object.fromEntries([
        ...eventMessages(),
        ...COMMAND_NAMES.map((name) => plainMessage(`command.${name}`, `commands/${name}`)),
        plainMessage('command.reply', 'commands/reply'),
        ...ASK_NAMES.flatMap((name) =>
          ['query', 'answer'].map((part) => plainMessage(`${name}.${part}`, `asks/${name}.${part}`)),
        ),
        [
          DEAD.message,
          { name: DEAD.message, summary: 'The message as it came, byte for byte, with its headers.' },
        ],
      ]),
    },
  };
};

/** The AsyncAPI document as YAML. */
export const asyncApiYaml = (): string =>
  `# Made by \`pnpm generate\` from the event table; do not edit.\n${stringify(asyncApi(), { lineWidth: 0, aliasDuplicateObjects: false })}`;
