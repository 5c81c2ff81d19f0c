import { ASKS } from '@muster/contracts';
import { connect, readSeed, serveAsks, systemClock } from '@muster/mesh';
import { ServiceBroker } from 'moleculer';
import { pino } from 'pino';
import { ANSWER } from './answer.ts';
import { serveRaw } from './raw.ts';

/**
 * The answering process of all sides: our `serveAsks`, the client alone, and a moleculer service over a server of
 * its own. Each validates the query that comes in and the answer that goes out.
 */
const [, , url = '', keysDir = '', plainUrl = ''] = process.argv;

const mesh = await connect({
  servers: url,
  seed: readSeed(keysDir, 'hub-registry'),
  name: 'bench registry',
  clock: systemClock,
  log: pino({ level: 'silent' }),
});
serveAsks(mesh, 'exercise', {
  service: 'capability-registry',
  handlers: { 'capability-search': () => ANSWER },
});
serveRaw(mesh);
await mesh.nc.flush();

const broker = new ServiceBroker({
  nodeID: 'bench-server',
  transporter: { type: 'NATS', options: { url: plainUrl } },
  logger: false,
});
const { query, answer } = ASKS['capability-search'];
broker.createService({
  name: 'registry',
  actions: {
    search: (context: { params: unknown }) => {
      query.parse(context.params);
      return answer.parse(ANSWER);
    },
  },
});
await broker.start();
process.stdout.write('ready\n');
process.once('SIGTERM', async () => {
  await broker.stop();
  await mesh.close();
});
