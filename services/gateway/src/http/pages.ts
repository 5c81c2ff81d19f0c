import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { Problem } from './problems.ts';

/** Addresses that belong to the API: nothing under them is ever a page. */
const API = /^\/(v1|auth|docs|openapi\.json|problems)(\/|$|\?)/;
const FILE_ENDING = /\.[A-Za-z0-9]+$/;
/** Built files have what is in them in their name: one that a browser has is good for ever. */
const NAMED_BY_CONTENT = /[\\/]assets[\\/][^\\/]+$/;
const FOR_EVER = 'public, max-age=31536000, immutable';
const ASK_EVERY_TIME = 'no-cache';

/** A view of the console, whose addresses only the console knows. */
const isPage = (request: FastifyRequest): boolean => {
  const path = request.url.split('?')[0] ?? '';
  return (
    (request.method === 'GET' || request.method === 'HEAD') &&
    (request.headers.accept ?? '').includes('text/html') &&
    !API.test(request.url) &&
    !FILE_ENDING.test(path)
  );
};

/** Serves the console's files if it has been built, and its first page at every address of a view. */
export const pageRoutes = async (app: FastifyInstance, staticDir: string | undefined): Promise<void> => {
  const root = staticDir === undefined ? undefined : resolve(staticDir);
  const isBuilt = root !== undefined && existsSync(resolve(root, 'index.html'));
  if (isBuilt) {
    await app.register(fastifyStatic, {
      root,
      index: 'index.html',
      dotfiles: 'ignore',
      cacheControl: false,
      preCompressed: true,
      setHeaders: (reply, path) => {
        void reply.header('cache-control', NAMED_BY_CONTENT.test(path) ? FOR_EVER : ASK_EVERY_TIME);
      },
    });
  } else {
    app.get('/', { schema: { hide: true } }, (_, reply) => reply.redirect('/docs/', 303));
  }
  app.setNotFoundHandler(async (request, reply) => {
    if (isBuilt && isPage(request)) return reply.sendFile('index.html');
    throw new Problem(
      'no-such-route',
      `there is nothing at ${request.method} ${request.url.split('?')[0]}; /docs has every address`,
    );
  });
};
