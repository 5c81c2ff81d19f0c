import type { Mesh } from '@muster/mesh';
import type { Io } from '../io.ts';
import { connectAs } from './connect.ts';
import { type Globals, placeOf } from './settings.ts';

/** The user who looks after streams and dead letters; its key stays at the hub. */
export const ADMIN_USER = 'hub-admin';

/** Connects as the hub's administrator for the length of one piece of work. */
export const withAdmin = async <T>(
  io: Io,
  globals: Globals,
  work: (mesh: Mesh) => Promise<T>,
): Promise<T> => {
  const mesh = await connectAs(io, placeOf(globals, io.env), ADMIN_USER);
  try {
    return await work(mesh);
  } finally {
    await mesh.close();
  }
};
