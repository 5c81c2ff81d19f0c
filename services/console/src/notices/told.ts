/** Ids kept of what a person was told of; what waits never comes again under an id that was forgotten long ago. */
export const TOLD_MAX = 2_000;

const DATABASE = 'muster';
const STORE = 'told';

/** Those of which nobody was told before, and all that is to be kept once they are told. */
export const untoldOf = (
  before: readonly string[],
  ids: readonly string[],
): { untold: string[]; kept: string[] } => {
  const known = new Set(before);
  const untold = ids.filter((id) => !known.has(id));
  return { untold, kept: [...before, ...untold].slice(-TOLD_MAX) };
};

const open = (): Promise<IDBDatabase> =>
  new Promise((resolve, reject) => {
    const opening = indexedDB.open(DATABASE, 1);
    opening.onupgradeneeded = () => opening.result.createObjectStore(STORE);
    opening.onsuccess = () => resolve(opening.result);
    opening.onerror = () => reject(opening.error);
  });

/**
 * Takes it on to tell of those that nobody in this browser was told of before under this key: in no tab, and not
 * before a reload either. A transaction, since what one tab writes into local storage another may read too late.
 */
export const takeUntold = async (key: string, ids: readonly string[]): Promise<string[]> => {
  const database = await open();
  try {
    return await new Promise((resolve, reject) => {
      const transaction = database.transaction(STORE, 'readwrite', { durability: 'relaxed' });
      const store = transaction.objectStore(STORE);
      let untold: string[] = [];
      const reading = store.get(key);
      reading.onsuccess = () => {
        const found = untoldOf((reading.result as string[] | undefined) ?? [], ids);
        untold = found.untold;
        if (untold.length > 0) store.put(found.kept, key);
      };
      transaction.oncomplete = () => resolve(untold);
      transaction.onabort = () => reject(transaction.error);
    });
  } finally {
    database.close();
  }
};
