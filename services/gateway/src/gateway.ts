import type { Mode } from '@muster/contracts';
import { askForReset, createCaller, createMarkStore, type Health, type Mesh } from '@muster/mesh';
import { type DemoIdentity, startDemoIdentity } from './demo/identity.ts';
import { demoPeople } from './demo/people.ts';
import { createApp, type HttpLimits } from './http/app.ts';
import { createGuard } from './http/guard.ts';
import type { Parts } from './http/parts.ts';
import { Problem } from './http/problems.ts';
import { addRoutes } from './http/routes.ts';
import { openStreams, type Streams } from './http/stream.ts';
import { createPolicy, readPolicySources } from './policy/policy.ts';
import { type PrintOptions, startKeeper } from './print/keeper.ts';
import { type Cookies, cookiesFor } from './session/cookies.ts';
import type { Person } from './session/person.ts';
import { createSessions } from './session/sessions.ts';
import { createSignIn, type Issuer, type SignInClient } from './signin/client.ts';
import { openView, type View } from './views/view.ts';

export const SERVICE = 'gateway';

/** How often sessions whose time is up are ended, in milliseconds. */
const SWEEP_EVERY_MS = 1_000;

export type GatewayOptions = {
  mesh: Mesh;
  modes: readonly Mode[];
  listen: { host: string; port: number };
  /** Where browsers find it; default: where it listens. */
  publicUrl?: string | undefined;
  /** The identity server; none: the demo's own, where anyone may be anyone. */
  issuer?: Issuer | undefined;
  demo?: { people?: readonly Person[] | undefined; port?: number | undefined } | undefined;
  staticDir?: string | undefined;
  /** Printable pictures on the disk; none: none are made. */
  print?: PrintOptions | undefined;
  trustProxy?: readonly string[] | undefined;
  limits?: HttpLimits | undefined;
};

export type Gateway = {
  /** Address of the gateway for browsers. */
  url: string;
  /** People of the demo, if it is one. */
  demoPeople: readonly Person[];
  /** Resolves once the streams have been read. */
  ready: Promise<void>;
  health(): Health;
  /** Ends the streams, answers what it has begun, and stops reading. */
  stop(): Promise<void>;
};

/** Known once the gateway listens. */
type Late = { publicUrl: string; cookies: Cookies; signIn: SignInClient };

const viewsOf = (mesh: Mesh, modes: readonly Mode[]): Map<Mode, View> =>
  new Map(modes.map((mode) => [mode, openView(mesh, mode)]));

const healthOf = (
  views: ReadonlyMap<Mode, View>,
  isReady: boolean,
  sessions: number,
  streams: Streams,
): Health => {
  const failure = [...views.values()].map((view) => view.failure()).find((each) => each !== undefined);
  const ready = isReady && failure === undefined;
  const by = <T>(read: (view: View) => T): Record<string, T> =>
    Object.fromEntries([...views].map(([mode, view]) => [mode, read(view)]));
  return {
    service: SERVICE,
    mode: [...views.keys()].join(','),
    ready,
    ...(ready ? {} : { reason: failure ?? (isReady ? 'stopping' : 'reading the streams') }),
    seq: by((view) => view.seq()),
    lag: by((view) => view.lag()),
    skipped: by((view) => view.skipped()),
    alarms: [...views.values()].flatMap((view) => view.alarms),
    sessions,
    readers: streams.readers(),
    readersLetGo: streams.letGo(),
  };
};

/** Starts the gateway; it listens when this resolves, and answers from its own reading once `ready` has. */
export const startGateway = async (o: GatewayOptions): Promise<Gateway> => {
  const { mesh } = o;
  const log = mesh.log.child({ service: SERVICE });
  const views = viewsOf(mesh, o.modes);
  const policy = createPolicy(readPolicySources());
  const streams = openStreams({
    views,
    policy,
    clock: mesh.clock,
    perSessionMax: o.limits?.streamsPerSessionMax,
    heartbeatMs: o.limits?.heartbeatMs,
  });
  const sessions = createSessions(mesh.clock);
  if (policy.unnamed.length > 0)
    log.warn({ actions: policy.unnamed }, 'no policy names these: nobody may do them');
  const placeholder = o.publicUrl ?? `http://${o.listen.host}:${o.listen.port}`;
  const late: Partial<Late> & Pick<Late, 'publicUrl' | 'cookies'> = {
    publicUrl: placeholder,
    cookies: cookiesFor(placeholder),
  };
  const { cookies } = late;
  const guard = createGuard({ sessions, cookies, policy, publicUrl: () => late.publicUrl });
  const parts: Parts = {
    guard,
    policy,
    caller: createCaller(mesh),
    resetExercise: (body) => askForReset(mesh, body),
    clock: mesh.clock,
    modes: o.modes,
    marksOf: (mode) => createMarkStore(mesh, mode),
    viewOf: (mode) => {
      const view = views.get(mode);
      if (!view)
        throw new Problem(
          'no-such-route',
          `this gateway does not serve the mode "${mode}"; /v1/me names those that it does`,
        );
      return view;
    },
  };
  const app = await createApp({
    log,
    sessions,
    cookies,
    guard,
    trustProxy: o.trustProxy ?? [],
    limits: o.limits ?? {},
  });
  const keeper = o.print && startKeeper({ mesh, caller: parts.caller, views }, o.print);
  await addRoutes(app, {
    parts,
    streams,
    keeper,
    isDemo: o.issuer === undefined,
    staticDir: o.staticDir,
    signIn: {
      cookies,
      sessions,
      guard,
      publicUrl: () => late.publicUrl,
      signIn: () => {
        if (!late.signIn) throw new Problem('unavailable', 'the gateway is starting; try again');
        return late.signIn;
      },
      signInsMax: o.limits?.signInsPerWindowMax,
    },
  });
  const listening = await app.listen({ host: o.listen.host, port: o.listen.port });
  late.publicUrl = o.publicUrl ?? listening;

  const people = o.issuer ? [] : (o.demo?.people ?? demoPeople());
  const identity: DemoIdentity | undefined = o.issuer
    ? undefined
    : await startDemoIdentity(late.publicUrl, people, o.demo?.port);
  const issuer = o.issuer ?? { ...(identity as DemoIdentity), alwaysAsk: true };
  late.signIn = createSignIn(issuer, late.publicUrl, mesh.clock);

  let isReady = false;
  const ready = Promise.all([...views.values()].map((view) => view.ready)).then(() => {
    isReady = true;
  });
  const sweeper = setInterval(() => sessions.sweep(), SWEEP_EVERY_MS);
  sweeper.unref();
  return {
    url: late.publicUrl,
    demoPeople: people,
    ready,
    health: () => healthOf(views, isReady, sessions.size(), streams),
    stop: async () => {
      isReady = false;
      clearInterval(sweeper);
      await keeper?.stop();
      streams.end('the gateway is stopping; come back in a moment');
      sessions.endAll();
      await app.close();
      await identity?.stop();
      await Promise.all([...views.values()].map((view) => view.stop()));
    },
  };
};
