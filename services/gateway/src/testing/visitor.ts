/** Redirects that one visit may follow. */
const REDIRECTS_MAX = 12;

/** A browser that is told the gateway's public address and finds it where it listens, as through a proxy. */
export type Visitor = {
  /** Cookies by host and name, as they were set: `name=value; attributes`. */
  readonly jar: ReadonlyMap<string, string>;
  /** One request, no redirect followed. */
  get(url: string, headers?: Record<string, string>): Promise<Response>;
  post(url: string, headers?: Record<string, string>, body?: string): Promise<Response>;
  /** Goes to the identity server and says who it is; where that sends it back to. */
  choose(person: string): Promise<string>;
  /** Signs in altogether. */
  signIn(person: string): Promise<Response>;
};

const pairOf = (set: string): string => set.split(';')[0] ?? '';
const isOver = (set: string): boolean => /^[^=]+=;|max-age=0(;|$)|expires=thu, 01 jan 1970/i.test(set);

/** @param publicUrl what the gateway calls itself. @param listening where it is. */
export const openVisitor = (publicUrl: string, listening: string): Visitor => {
  const jar = new Map<string, string>();
  const visit = async (to: string, init: RequestInit): Promise<Response> => {
    const url = new URL(to, publicUrl);
    const isGateway = url.origin === publicUrl;
    const at = isGateway ? new URL(`${url.pathname}${url.search}`, listening) : url;
    const cookie = [...jar]
      .filter(([key]) => key.startsWith(`${url.host} `))
      .map(([, set]) => pairOf(set))
      .join('; ');
    const headers = { ...(cookie === '' ? {} : { cookie }), ...(init.headers as object) };
    const response = await fetch(at, { ...init, headers, redirect: 'manual' });
    for (const set of response.headers.getSetCookie()) {
      const key = `${url.host} ${pairOf(set).split('=')[0]}`;
      if (isOver(set)) jar.delete(key);
      else jar.set(key, set);
    }
    return response;
  };
  const get: Visitor['get'] = (url, headers = {}) => visit(url, { headers });
  /** Follows redirects until a page comes, or the way leads back to the gateway. */
  const follow = async (from: Response, base: string): Promise<{ response: Response; url: string }> => {
    let [response, url] = [from, base];
    for (let n = 0; n < REDIRECTS_MAX && response.status >= 300 && response.status < 400; n += 1) {
      url = new URL(response.headers.get('location') ?? '', url).href;
      if (new URL(url).origin === publicUrl) break;
      response = await get(url);
    }
    return { response, url };
  };
  const choose: Visitor['choose'] = async (person) => {
    const page = await follow(await get('/auth/login?return=/v1/me'), publicUrl);
    const action = /<form method="post" action="([^"]+)"/.exec(await page.response.text())?.[1];
    if (action === undefined) throw new Error(`nobody is asked who they are at ${page.url}`);
    const at = new URL(action, page.url).href;
    const headers = { 'content-type': 'application/x-www-form-urlencoded' };
    return (await follow(await visit(at, { method: 'POST', headers, body: `person=${person}` }), at)).url;
  };
  return {
    jar,
    get,
    post: (url, headers = {}, body) =>
      visit(url, { method: 'POST', headers, ...(body === undefined ? {} : { body }) }),
    choose,
    signIn: async (person) => get(await choose(person)),
  };
};
