import { instant } from '@muster/contracts';
import { stringify } from 'csv-stringify/sync';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { parquetWriteBuffer } from 'hyparquet-writer';
import { z } from 'zod';
import { EXPORT_EVENTS_MAX } from '../limits.ts';
import type { CloudEvent } from '../views/cloudevent.ts';
import { fits } from '../views/filter.ts';
import { eventPages } from '../views/pages.ts';
import type { View } from '../views/view.ts';
import { modeOf, noStore } from './guard.ts';
import { inputSchema } from './parameters.ts';
import type { Parts } from './parts.ts';
import { notReadYet, Problem } from './problems.ts';
import { modeParameter, problemAnswer } from './schemas.ts';

const exportQuery = z.strictObject({
  from: instant,
  to: instant,
  format: z.enum(['ndjson', 'csv', 'parquet']).default('ndjson'),
  request: z.string().max(64).optional(),
  as: z.string().optional(),
});
type ExportQuery = z.infer<typeof exportQuery>;

const COLUMNS = [
  'sequence',
  'time',
  'type',
  'id',
  'subject',
  'source',
  'actor',
  'classification',
  'correlationid',
  'causationid',
  'commandid',
] as const;
type FlatRow = Record<(typeof COLUMNS)[number] | 'data', string>;

const flat = (event: CloudEvent): FlatRow =>
  ({
    ...Object.fromEntries(COLUMNS.map((column) => [column, event[column] ?? ''])),
    data: JSON.stringify(event.data),
  }) as FlatRow;

const FORMATS = {
  ndjson: {
    type: 'application/x-ndjson',
    write: (rows: CloudEvent[]) => rows.map((row) => `${JSON.stringify(row)}\n`).join(''),
  },
  csv: {
    type: 'text/csv; charset=utf-8',
    // A cell that a spreadsheet would take for a formula is not one.
    write: (rows: CloudEvent[]) =>
      stringify(rows.map(flat), { header: true, columns: [...COLUMNS, 'data'], escape_formulas: true }),
  },
  parquet: {
    type: 'application/vnd.apache.parquet',
    write: (rows: CloudEvent[]) => {
      const all = rows.map(flat);
      const columns = [...COLUMNS, 'data'] as const;
      const columnData = columns.map((name) => ({
        name,
        data: all.map((row) => row[name]),
        type: 'STRING' as const,
      }));
      return Buffer.from(parquetWriteBuffer({ columnData }));
    },
  },
} as const;

/** The events of a period that the organisation may see. @throws Problem when they are too many for one answer. */
const eventsOf = async (
  view: View,
  org: string,
  { from, to, request }: ExportQuery,
): Promise<CloudEvent[]> => {
  const filter = request === undefined ? {} : { request: [request] };
  const found: CloudEvent[] = [];
  for await (const page of eventPages(view, (row) => fits(org, filter, row))) {
    // Writers' clocks differ a little, so times do not quite follow the ledger's order.
    found.push(...page.filter(({ time }) => time >= from && time < to));
    if (found.length > EXPORT_EVENTS_MAX) {
      throw new Problem('too-large', `more than ${EXPORT_EVENTS_MAX} events: ask for a shorter period`);
    }
  }
  return found;
};

const queryOf = (request: FastifyRequest): ExportQuery => {
  const read = exportQuery.safeParse(request.query);
  if (!read.success) {
    const fields = read.error.issues.map(({ path, message }) => ({ path: path.join('.'), because: message }));
    throw new Problem('invalid', 'name the period by from and to, such as 2026-11-26T18:00:00.000Z', fields);
  }
  if (read.data.from >= read.data.to) throw new Problem('bad-time', 'the period must end after it starts');
  return read.data;
};

/** The record of a period, to be taken away. */
export const exportRoutes = (app: FastifyInstance, parts: Parts): void => {
  const schema = {
    tags: ['events'],
    summary: 'The events of a period as NDJSON, CSV or Parquet',
    operationId: 'export',
    params: modeParameter,
    querystring: inputSchema(exportQuery),
    response: {
      200: {
        description: 'The events, oldest first.',
        content: Object.fromEntries(
          Object.values(FORMATS).map(({ type }) => [type, { schema: { type: 'string' } }]),
        ),
      },
      '4xx': problemAnswer,
    },
  };
  app.get('/v1/:mode/export', { schema }, async (request, reply): Promise<FastifyReply> => {
    const mode = modeOf(request);
    const { duty } = parts.guard.acting(request, 'export');
    const query = queryOf(request);
    const view = parts.viewOf(mode);
    if (!(await view.catchUp())) throw notReadYet();
    const { type, write } = FORMATS[query.format];
    const name = `muster-${mode}-${query.from.slice(0, 10)}-${query.to.slice(0, 10)}.${query.format}`;
    return noStore(reply)
      .header('content-disposition', `attachment; filename="${name}"`)
      .type(type)
      .send(write(await eventsOf(view, duty.org, query)));
  });
};
