import { expect, it } from 'vitest';
import { serveHealth } from './health.ts';

it('tells of itself to people, to probes and to Prometheus', async () => {
  let ready = false;
  const server = await serveHealth(0, () => ({ service: 'x', mode: 'actual', ready, lag: 5 }));
  try {
    const get = (path: string) => fetch(`http://127.0.0.1:${server.port}${path}`);
    expect((await get('/healthz')).status).toBe(200);
    expect((await get('/readyz')).status).toBe(503);
    ready = true;
    expect((await get('/readyz')).status).toBe(200);
    const metrics = await get('/metrics');
    expect(metrics.headers.get('content-type')).toContain('text/plain');
    expect(await metrics.text()).toContain('muster_lag{service="x",mode="actual",of=""} 5');
    expect((await get('/')).status).toBe(404);
  } finally {
    await server.stop();
  }
});
