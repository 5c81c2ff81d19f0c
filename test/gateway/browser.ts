/** Redirects that one visit may follow. */
const REDIRECTS_MAX = 12;

export type Visit = { method?: string; headers?: Record<string, string>; body?: string | undefined };

/** What one browser does with cookies and redirects, for tests of what the gateway does. */
export type Browser = {
  /** One request, with the cookies of that host and no redirect followed. */
  visit(url: string, visit?: Visit): Promise<Response>;
  /** Follows redirects as a browser does; the last answer, and where it came from. */
  follow(url: string, visit?: Visit): Promise<{ response: Response; url: string }>;
  cookies(host: string): ReadonlyMap<string, string>;
  setCookie(host: string, name: string, value: string): void;
};

export const openBrowser = (): Browser => {
  const jars = new Map<string, Map<string, string>>();
  const jarOf = (host: string): Map<string, string> => {
    const jar = jars.get(host) ?? new Map<string, string>();
    jars.set(host, jar);
    return jar;
  };
  const visit: Browser['visit'] = async (url, { method, headers, body } = {}) => {
    const jar = jarOf(new URL(url).host);
    const cookie = [...jar].map(([name, value]) => `${name}=${value}`).join('; ');
    const response = await fetch(url, {
      method: method ?? 'GET',
      redirect: 'manual',
      headers: { ...(cookie === '' ? {} : { cookie }), ...headers },
      ...(body === undefined ? {} : { body }),
    });
    for (const set of response.headers.getSetCookie()) {
      const [pair = ''] = set.split(';');
      const at = pair.indexOf('=');
      const value = pair.slice(at + 1);
      if (value === '' || /max-age=0|expires=thu, 01 jan 1970/i.test(set)) jar.delete(pair.slice(0, at));
      else jar.set(pair.slice(0, at), value);
    }
    return response;
  };
  const follow: Browser['follow'] = async (start, first) => {
    let url = start;
    let response = await visit(url, first);
    for (let n = 0; n < REDIRECTS_MAX && response.status >= 300 && response.status < 400; n += 1) {
      url = new URL(response.headers.get('location') ?? '', url).href;
      response = await visit(url);
    }
    return { response, url };
  };
  return {
    visit,
    follow,
    cookies: jarOf,
    setCookie: (host, name, value) => void jarOf(host).set(name, value),
  };
};

/** Someone who has signed in. */
export type Person = {
  browser: Browser;
  csrf: string;
  get(path: string, headers?: Record<string, string>): Promise<Response>;
  post(path: string, body?: unknown, headers?: Record<string, string>): Promise<Response>;
  /** Sends a command; the key is made if none is given. */
  command(name: string, body: object, key?: string, headers?: Record<string, string>): Promise<Response>;
};

/** Goes through the sign-in pages as one of the demo people and comes back to the path. */
export const signInAt = async (
  browser: Browser,
  base: string,
  person: string,
  returnTo = '/v1/me',
): Promise<{ response: Response; url: string }> => {
  const page = await browser.follow(`${base}/auth/login?return=${encodeURIComponent(returnTo)}`);
  const action = /<form method="post" action="([^"]+)"/.exec(await page.response.text())?.[1];
  if (action === undefined) throw new Error(`no form to sign in with at ${page.url}`);
  return browser.follow(new URL(action, page.url).href, {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: `person=${person}`,
  });
};

let keys = 0;
export const newKey = (what: string): string => {
  keys += 1;
  return `${what}-${process.pid}-${keys}`;
};

export const signIn = async (base: string, mode: string, person: string): Promise<Person> => {
  const browser = openBrowser();
  const { response } = await signInAt(browser, base, person);
  if (!response.ok)
    throw new Error(`${person} could not sign in: ${response.status} ${await response.text()}`);
  const { csrf } = (await response.json()) as { csrf: string };
  const get: Person['get'] = (path, headers = {}) => browser.visit(`${base}${path}`, { headers });
  const post: Person['post'] = (path, body, headers = {}) =>
    browser.visit(`${base}${path}`, {
      method: 'POST',
      headers: {
        'x-muster-csrf': csrf,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      body: body === undefined ? undefined : JSON.stringify(body),
    });
  return {
    browser,
    csrf,
    get,
    post,
    command: (name, body, key = newKey(name), headers = {}) =>
      post(`/v1/${mode}/commands/${name}`, body, { 'idempotency-key': key, ...headers }),
  };
};
